/// Looks for the line of a page that names its author: a link with `rel=author`, an element with the
/// property `author`, one of the class `byline` or the like.
struct HTMLByline {
  private let page: ArraySlice<UInt8>
  /// What has been found, the surest sign first.
  private var found: [Sign: String] = [:]
  /// The same, of what stands before the title.
  private var foundBefore: [Sign: String] = [:]
  private var hasTitle = false
  /// The element that is being read.
  private var element: String?
  private var sign = Sign.named
  /// How many elements of its name are open inside it, itself included.
  private var depth = 0
  private var text: [UInt8] = []

  private enum Sign: Int, CaseIterable {
    case property
    case relation
    case named
  }

  init(in page: ArraySlice<UInt8>) { self.page = page }

  var author: String? {
    Sign.allCases.lazy.compactMap { found[$0] }.first
      ?? Sign.allCases.lazy.compactMap { foundBefore[$0] }.first
  }

  /// Says that the title over the text comes here: the author's name is more likely below.
  mutating func noteTitle() {
    if hasTitle { return }
    hasTitle = true
    foundBefore = found
    found = [:]
    element = nil
  }

  mutating func take(_ token: HTMLToken) {
    switch token {
    case .startTag(let tag): start(tag)
    case .endTag(let tag) where tag.name == element: end()
    case .text(let range) where element != nil:
      text += page[range].prefix(HTMLByline.longestSource)
      // What goes on for so long is no name.
      if text.count > HTMLByline.longestSource { element = nil }
    default: break
    }
  }

  /// A name without the words that lead up to it.
  static func name(in line: String) -> String {
    let lowered = String(lowercasingASCII: Array(line.utf8)[...])
    for word in leadingWords where lowered.hasPrefix(word) {
      let rest = line.dropFirst(word.count).drop { $0 == " " || $0 == ":" || $0 == "：" }
      return rest.isEmpty ? line : String(rest)
    }
    return line
  }
}

extension HTMLByline {
  private static let longestSource = 1000
  private static let longestName = 100
  private static let leadingWords = [
    "by ", "by: ", "written by ", "posted by ", "author:", "von ", "par ", "por ", "作者：", "作者:",
    "文/", "文／",
  ]

  private mutating func start(_ tag: HTMLTag) {
    if tag.name == element { depth += 1 }
    guard let sign = HTMLByline.sign(of: tag), found[sign] == nil,
      !HTMLElement(named: tag.name).isVoid
    else { return }
    // Of signs inside each other the inner one is nearer to the name, unless it is the weaker one.
    if element != nil && sign.rawValue > self.sign.rawValue { return }
    element = tag.name
    self.sign = sign
    depth = 1
    text = []
  }

  private mutating func end() {
    depth -= 1
    guard depth == 0 else { return }
    element = nil
    let decoded = Array(HTMLCharacterReferences.decoded(text[...], in: .text).utf8)
    let line = HTMLByline.name(in: decoded[...].asSingleLine)
    if !line.isEmpty && line.unicodeScalars.count < HTMLByline.longestName { found[sign] = line }
  }

  private static func sign(of tag: HTMLTag) -> Sign? {
    for attribute in tag.attributes {
      if attribute.isNamed("itemprop"), words(of: attribute).contains("author") {
        return .property
      }
      if attribute.isNamed("rel"), words(of: attribute).contains("author") { return .relation }
      if attribute.isNamed("class") || attribute.isNamed("id") {
        let names = attribute.rawValue.map(\.asciiLowercased)
        if PageWords.author.occurs(in: names[...]) && !PageWords.noAuthor.occurs(in: names[...]) {
          return .named
        }
      }
    }
    return nil
  }

  private static func words(of attribute: HTMLAttribute) -> [Substring] {
    String(lowercasingASCII: attribute.rawValue).split(separator: " ")
  }
}
