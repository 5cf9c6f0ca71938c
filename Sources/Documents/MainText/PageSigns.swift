/// What an element's attributes say of its part in the page.
struct PageSigns: OptionSet {
  let rawValue: UInt16

  /// Not shown.
  static let hidden = PageSigns(rawValue: 1)
  /// Named like furniture: a menu, comments, a place for advertisements.
  static let furniture = PageSigns(rawValue: 2)
  /// Named like something that holds text, whatever else it is named.
  static let content = PageSigns(rawValue: 4)
  /// Has the role of something other than text.
  static let furnitureRole = PageSigns(rawValue: 8)
  /// Named like buttons that share the page.
  static let sharing = PageSigns(rawValue: 16)
  /// Named like the line that tells the author.
  static let byline = PageSigns(rawValue: 32)
  /// A link to a place in the page.
  static let fragmentLink = PageSigns(rawValue: 64)
  /// A player of videos or sounds from a site that is known for them.
  static let player = PageSigns(rawValue: 128)
  /// A table that says that it lays out the page.
  static let layout = PageSigns(rawValue: 256)
  /// A table that says that it holds data.
  static let data = PageSigns(rawValue: 512)
}

extension PageSigns {
  /// What a tag says, and what its names weigh: for each of `class` and `id`, 25 for and 25 against.
  static func read(_ tag: HTMLTag) -> (signs: PageSigns, weight: Int) {
    var signs: PageSigns = []
    var weight = 0
    for attribute in tag.attributes {
      switch String(lowercasingASCII: attribute.rawName.prefix(16)) {
      case "class":
        let names = attribute.rawValue.map(\.asciiLowercased)
        weight += read(names[...], into: &signs)
      case "id": weight += read(attribute.rawValue.map(\.asciiLowercased)[...], into: &signs)
      case "rel":
        if attribute.lowercased.elementsEqual("author".utf8) { signs.insert(.byline) }
      case "itemprop":
        if attribute.lowercased[...].contains("author") { signs.insert(.byline) }
      case "role": readRole(attribute.value, of: tag.name, into: &signs)
      case "href":
        if attribute.rawValue.count > 1, attribute.rawValue.first == UInt8(ascii: "#") {
          signs.insert(.fragmentLink)
        }
      case "src", "data":
        if PageWords.player.occurs(in: attribute.lowercased[...]) { signs.insert(.player) }
      case "hidden": signs.insert(.hidden)
      case "style":
        if attribute.rawValue.hidesElement { signs.insert(.hidden) }
      case "aria-hidden":
        let isHidden = attribute.lowercased.elementsEqual("true".utf8)
        if isHidden && !tag.isDescribedImage { signs.insert(.hidden) }
      case "summary" where tag.name == "table":
        if !attribute.rawValue.isEmpty { signs.insert(.data) }
      case "datatable":
        if attribute.lowercased.elementsEqual("0".utf8) { signs.insert(.layout) }
      default: break
      }
    }
    return (signs, weight)
  }

  /// Reads a class or an id.
  private static func read(_ names: ArraySlice<UInt8>, into signs: inout PageSigns) -> Int {
    guard !names.isEmpty else { return 0 }
    if PageWords.furniture.occurs(in: names) { signs.insert(.furniture) }
    if PageWords.content.occurs(in: names) { signs.insert(.content) }
    if PageWords.byline.occurs(in: names) { signs.insert(.byline) }
    if PageWords.sharing.occurs(in: names, asWord: true) { signs.insert(.sharing) }
    let isHiddenName = names.split(whereSeparator: \.isHTMLSpace).contains {
      $0.elementsEqual("hid".utf8)
    }
    return (PageWords.against.occurs(in: names) || isHiddenName ? -25 : 0)
      + (PageWords.inFavor.occurs(in: names) ? 25 : 0)
  }

  private static func readRole(_ role: String, of name: String, into signs: inout PageSigns) {
    switch role {
    case "menu", "menubar", "complementary", "navigation", "alert", "alertdialog", "dialog":
      signs.insert(.furnitureRole)
    case "presentation": signs.insert(.layout)
    case "grid", "treegrid", "table": signs.insert(.data)
    default: break
    }
  }
}

extension HTMLTag {
  /// Whether it is an image with words. Where it is hidden from those who listen, they are read
  /// something else in its place, such as a formula, that is hidden from those who look.
  fileprivate var isDescribedImage: Bool { name == "img" && rawValue(of: "alt")?.isBlank == false }
}

extension HTMLAttribute {
  fileprivate var lowercased: [UInt8] { rawValue.map(\.asciiLowercased) }
}
