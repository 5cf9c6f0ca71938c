import Documents

/// Tells simplified from traditional Chinese by characters that only one of them uses.
enum ChineseScript {
  /// `zh-Hans`, `zh-Hant`, `en`, or nil if the text does not say clearly.
  static func language(of text: ArraySlice<UInt8>) -> String? {
    let count = count(in: text)
    if count.ideographs == 0 { return looksEnglish(text) ? "en" : nil }
    // Names and quotations mix the scripts, so the one must outnumber the other clearly.
    if count.simplified > 2 * count.traditional { return "zh-Hans" }
    if count.traditional > 2 * count.simplified { return "zh-Hant" }
    return nil
  }
}

extension ChineseScript {
  /// Enough to be certain; the rest of a long page is not looked at.
  private static let sampleSize = 2000

  private typealias Count = (ideographs: Int, simplified: Int, traditional: Int)

  private static func count(in text: ArraySlice<UInt8>) -> Count {
    var count: Count = (0, 0, 0)
    var index = text.startIndex
    while index + 2 < text.endIndex, count.ideographs < sampleSize {
      let lead = text[index]
      // U+4E00 to U+9FFF are the three-byte sequences from E4 B8 80 on.
      guard (0xE4...0xE9).contains(lead) else {
        index += 1
        continue
      }
      let low = Int(text[index + 1] & 0x3F) << 6 | Int(text[index + 2] & 0x3F)
      let scalar = Int(lead & 0x0F) << 12 | low
      count.ideographs += scalar >= firstIdeograph ? 1 : 0
      count.simplified += simplified.contains(scalar) ? 1 : 0
      count.traditional += traditional.contains(scalar) ? 1 : 0
      index += 3
    }
    return count
  }

  private static func looksEnglish(_ text: ArraySlice<UInt8>) -> Bool {
    let sample = text.prefix(20_000)
    return sample.contains(" the ") && sample.contains(" of ") && sample.contains(" and ")
  }

  private static let firstIdeograph = 0x4E00

  private static let simplified = IdeographSet(
    "们这国会来时说对为个开过发学经长现实问进动还没让报记导华东车关员业权产战选议认论军总统与从无书买电"
      + "视头体义党乡区亲习应陈门见贝风飞马鱼鸟龙齐办务协单卖历双变声处备够夺奖妇孙宁审宽专将岁带师归张强当录忆"
      + "态怀惊愿据损换护担拥择挥数断显术机杀条极构标树桥检样欢毁气汉汤沟洁测济浓涌润渐湾满灭灯灵炼热爱爷独环")

  private static let traditional = IdeographSet(
    "們這國會來時說對為個開過發學經長現實問進動還沒讓報記導華東車關員業權產戰選議認論軍總統與從無書買電"
      + "視頭體義黨鄉區親習應陳門見貝風飛馬魚鳥龍齊辦務協單賣歷雙變聲處備夠奪獎婦孫寧審寬專將歲帶師歸張強當錄憶"
      + "態懷驚願據損換護擔擁擇揮數斷顯術機殺條極構標樹橋檢樣歡毀氣漢湯溝潔測濟濃湧潤漸灣滿滅燈靈煉熱愛爺獨環")
}

/// A set of characters of the CJK block, one bit each.
private struct IdeographSet {
  private static let first = 0x4E00
  private static let count = 0x5200
  private var bits = [UInt64](repeating: 0, count: count / 64)

  init(_ characters: String) {
    for scalar in characters.unicodeScalars {
      let index = Int(scalar.value) - IdeographSet.first
      bits[index / 64] |= 1 << UInt64(index % 64)
    }
  }

  func contains(_ scalar: Int) -> Bool {
    let index = scalar - IdeographSet.first
    guard bits.indices.contains(index / 64), index >= 0 else { return false }
    return bits[index / 64] & 1 << UInt64(index % 64) != 0
  }
}
