import Documents

/// The reporter in a credit such as `本台记者某某华盛顿综合报导`, where name, place and kind of work
/// stand without a space between them.
enum Reporter {
  /// The name or names; nil where it is not certain what is name and what is place.
  static func name(in credit: ArraySlice<UInt8>) -> String? {
    guard let label = credit.firstRange(of: "记者") ?? credit.firstRange(of: "記者"),
      isMedium(credit[..<label.lowerBound])
    else { return nil }
    let rest = credit[label.upperBound...]
    let names = rest.prefix(beforeAnyOf: works)
    guard names.count < rest.count, isOver(rest[names.endIndex...]) else { return nil }
    return joined(names)
  }

  /// The names in a text that ought to hold nothing else, a place or the kind of work taken off.
  static func people(in text: ArraySlice<UInt8>) -> String? {
    joined(text.prefix(beforeAnyOf: works))
  }
}

extension Reporter {
  private static let works: [StaticString] = [
    "综合", "綜合", "编译", "編譯", "采访", "採訪", "报导", "報導", "报道", "報道", "翻译", "翻譯",
    "整理", "专访", "專訪", "专题", "專題", "撰稿", "撰文", "连线", "联合", "特别", "现场",
  ]

  /// What follows the works in a credit; anything else is a sentence that goes on.
  private static let continuations: [StaticString] = [
    "/", "／", "责编", "責編", "责任", "責任", "。责", "。責", "，责", "，責",
  ]

  /// `大纪元`, `自由亚洲电台特约`: short, and not the middle of a sentence.
  private static func isMedium(_ text: ArraySlice<UInt8>) -> Bool {
    let punctuation: [StaticString] = ["，", "。", "、", "：", "“", "”", ":", ",", "【", "（", "("]
    return text.count <= 45 && !punctuation.contains { text.contains($0) }
  }

  private static func isOver(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    while let work = works.first(where: { rest.hasPrefix($0) }) {
      rest = rest.dropFirst(work.utf8CodeUnitCount).drop(while: \.isHTMLSpace)
    }
    return rest.isEmpty || rest.elementsEqual("。".utf8)
      || continuations.contains { rest.hasPrefix($0) }
  }

  private static func joined(_ names: ArraySlice<UInt8>) -> String? {
    let text = names.asSingleLine
    if text.isEmpty { return nil }
    if isLatin(names) { return (3...40).contains(text.utf8.count) ? text : nil }
    let parts = text.split { $0 == "、" || $0.isWhitespace }.filter { !places.contains(String($0)) }
    let people = parts.compactMap { person(String($0)) }
    return people.isEmpty || people.count < parts.count ? nil : people.joined(separator: "、")
  }

  private static func isLatin(_ names: ArraySlice<UInt8>) -> Bool {
    names.allSatisfy { $0.isASCIILetter || $0.isHTMLSpace || $0 == 0x2E || $0 == 0x2D }
  }

  /// A Chinese name of two or three characters, the place behind it taken off.
  private static func person(_ text: String) -> String? {
    var name = text[...]
    while let place = places.first(where: { name.count >= $0.count + 2 && name.hasSuffix($0) }) {
      name = name.dropLast(place.count)
    }
    return (2...3).contains(name.count) ? String(name) : nil
  }
}

extension Reporter {
  /// The places that news credits of this kind name.
  private static let places = [
    "华盛顿", "香港", "台北", "台湾", "台南", "台中", "高雄", "巴黎", "纽约", "洛杉矶", "旧金山", "湾区", "波士顿",
    "芝加哥", "休斯顿", "休士顿", "费城", "亚特兰大", "达拉斯", "西雅图", "美国首都", "美国", "加拿大", "多伦多", "温哥华",
    "渥太华", "蒙特利尔", "澳洲", "澳大利亚", "悉尼", "墨尔本", "新西兰", "奥克兰", "英国", "伦敦", "法国", "德国",
    "柏林", "慕尼黑", "日本", "东京", "大阪", "韩国", "首尔", "曼谷", "泰国", "新加坡", "马来西亚", "吉隆坡", "北京",
    "上海", "广州", "深圳", "华府", "臺灣", "臺北", "華盛頓", "紐約", "洛杉磯", "舊金山", "灣區", "多倫多", "溫哥華",
    "東京",
  ]
}
