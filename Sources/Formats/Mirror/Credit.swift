import Documents

/// Names behind a label, such as `作者：某某`, `（记者：某某 责编：某某）` or `采访/某某 编辑/某某`.
enum Credit {
  static func author(in credit: ArraySlice<UInt8>) -> String? {
    for label in writers where credit.hasPrefix(label) {
      if let name = name(behind: credit.dropFirst(label.utf8CodeUnitCount)) { return name }
    }
    // An interview marks its questions with the same word, so only names are taken.
    for label in reporters where credit.hasPrefix(label) {
      guard let value = value(behind: credit.dropFirst(label.utf8CodeUnitCount)) else { continue }
      return Reporter.people(in: value)
    }
    return nil
  }

  static func editor(in credit: ArraySlice<UInt8>) -> String? {
    for label in editors {
      guard let range = credit.firstRange(of: label), startsCredit(credit[..<range.lowerBound]),
        let name = name(behind: credit[range.upperBound...])
      else { continue }
      return name
    }
    return nil
  }
}

extension Credit {
  private static let writers: [StaticString] = ["作者", "撰稿", "撰文"]
  private static let reporters: [StaticString] = [
    "记者", "記者", "特约记者", "特約記者", "采访", "採訪",
  ]
  private static let editors: [StaticString] = [
    "责任编辑", "責任編輯", "责编", "責編", "编辑", "編輯",
  ]

  /// What ends a name: brackets, the marks editors close an article with, the next credit.
  private static let stops: [StaticString] = [
    "（", "）", "(", ")", "/", "／", "。", "；", ";", "#", "＃", "◇", "*", "【", "】", "|", "责编",
    "責編", "责任", "責任", "编辑", "編輯", "网编", "網編", "记者", "記者", "翻译", "来源", "后制",
    "後製", "http",
  ]

  /// What no name holds: the text is a sentence.
  private static let sentenceMarks: [StaticString] = [
    "，", ",", "。", "？", "?", "！", "“", "”", "「", "：", ":",
  ]

  private static let openers: [StaticString] = ["\u{3000}", "\u{A0}", "／", "，", "。", "；"]

  /// Behind another word the label is part of a longer one, such as `网络编辑`.
  private static func startsCredit(_ before: ArraySlice<UInt8>) -> Bool {
    before.isEmpty || before.last?.isHTMLSpace == true || before.last == UInt8(ascii: "/")
      || openers.contains { before.hasSuffix($0) }
  }

  private static func name(behind label: ArraySlice<UInt8>) -> String? {
    guard let value = value(behind: label) else { return nil }
    let name = value.asSingleLine
    return (2...48).contains(name.utf8.count) ? name : nil
  }

  private static func value(behind label: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let rest = label.drop(while: \.isHTMLSpace)
    let value: ArraySlice<UInt8>
    if rest.hasPrefix("/") {
      value = rest.dropFirst().prefix { !$0.isHTMLSpace }.prefix(beforeAnyOf: stops)
    } else if let colon = colons.first(where: { rest.hasPrefix($0) }) {
      value = rest.dropFirst(colon.utf8CodeUnitCount).prefix(beforeAnyOf: stops).trimmed()
    } else {
      return nil
    }
    return sentenceMarks.contains { value.contains($0) } ? nil : value
  }

  private static let colons: [StaticString] = [":", "："]
}
