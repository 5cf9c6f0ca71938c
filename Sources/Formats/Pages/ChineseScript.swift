/// Tells simplified from traditional Chinese by characters that only one of them uses.
struct ChineseScript {
  private var simplified = 0
  private var traditional = 0
  private let users = ChineseScript.users

  /// Counts a character of the block of CJK ideographs; one that both use says nothing.
  mutating func add(_ scalar: Int) {
    switch users[scalar - ChineseScript.first] {
    case .both: break
    case .simplified: simplified += 1
    case .traditional: traditional += 1
    }
  }

  /// `zh-Hans`, `zh-Hant`, or nil if the text does not say clearly.
  var language: String? {
    // Names and quotations mix the scripts, so the one must outnumber the other clearly.
    if simplified > 2 * traditional { return "zh-Hans" }
    return traditional > 2 * simplified ? "zh-Hant" : nil
  }
}

extension ChineseScript {
  /// Who uses a character.
  private enum User: UInt8 {
    case both, simplified, traditional
  }

  private static let first = 0x4E00

  /// The user of each character of the block.
  private static let users: [User] = {
    var users = [User](repeating: .both, count: 0x5200)
    for scalar in simplified.unicodeScalars { users[Int(scalar.value) - first] = .simplified }
    for scalar in traditional.unicodeScalars { users[Int(scalar.value) - first] = .traditional }
    return users
  }()

  private static let simplified =
    "们这国会来时说对为个开过发学经长现实问进动还没让报记导华东车关员业权产战选议认论军总统与从无书买电"
    + "视头体义党乡区亲习应陈门见贝风飞马鱼鸟龙齐办务协单卖历双变声处备够夺奖妇孙宁审宽专将岁带师归张强当录忆"
    + "态怀惊愿据损换护担拥择挥数断显术机杀条极构标树桥检样欢毁气汉汤沟洁测济浓涌润渐湾满灭灯灵炼热爱爷独环"

  private static let traditional =
    "們這國會來時說對為個開過發學經長現實問進動還沒讓報記導華東車關員業權產戰選議認論軍總統與從無書買電"
    + "視頭體義黨鄉區親習應陳門見貝風飛馬魚鳥龍齊辦務協單賣歷雙變聲處備夠奪獎婦孫寧審寬專將歲帶師歸張強當錄憶"
    + "態懷驚願據損換護擔擁擇揮數斷顯術機殺條極構標樹橋檢樣歡毀氣漢湯溝潔測濟濃湧潤漸灣滿滅燈靈煉熱愛爺獨環"
}
