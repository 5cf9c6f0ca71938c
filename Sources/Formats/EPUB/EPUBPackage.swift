import Documents

/// What a book says of itself and of its parts (EPUB 3.3, package document).
struct EPUBPackage {
  /// The texts of its metadata by the names of the elements in small letters.
  private(set) var metadata: [String: [String]] = [:]
  /// The addresses of its chapters, in reading order, as they are written.
  let chapters: [String]
  /// The address of its table of contents, as it is written; nil where it has none.
  let contents: String?

  init(_ bytes: [UInt8]) {
    var manifest: [String: String] = [:]
    var spine: [String] = []
    var open: String?
    // EPUB 3 says which file it is, EPUB 2 by what name the manifest has it.
    var (navigation, table): (String?, String?) = (nil, nil)
    for token in XMLTokens(bytes) {
      switch token {
      case .start(let tag):
        open = tag.name
        if tag.name == "item", let id = tag.value(of: "id"), let place = tag.value(of: "href") {
          manifest[id] = place
          let properties = tag.value(of: "properties") ?? ""
          if properties.split(separator: " ").contains("nav") { navigation = navigation ?? place }
        } else if tag.name == "itemref", let id = tag.value(of: "idref"),
          tag.value(of: "linear") != "no"
        {
          spine.append(id)
        } else if tag.name == "spine" {
          table = tag.value(of: "toc")
        } else if tag.name.hasPrefix("dc:") {
          metadata[tag.name, default: []].append("")
        }
      case .text(let text):
        guard let open, var texts = metadata[open], !texts.isEmpty else { continue }
        texts[texts.count - 1] += text
        metadata[open] = texts
      case .end: open = nil
      }
    }
    chapters = spine.compactMap { manifest[$0] }
    contents = navigation ?? table.flatMap { manifest[$0] }
  }

  /// What it says in elements of that name, each in one line; none is blank.
  func texts(_ name: String) -> [String] {
    (metadata[name] ?? []).map(\.singleLine).filter { !$0.isEmpty }
  }

  /// Where the first package lies that a book's container names.
  static func place(in container: [UInt8]) -> String? {
    for case .start(let tag) in XMLTokens(container) where tag.name == "rootfile" {
      return tag.value(of: "full-path")
    }
    return nil
  }
}
