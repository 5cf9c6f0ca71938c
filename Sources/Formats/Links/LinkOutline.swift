import Documents

/// Where in a list of links one is: its headings and folders.
struct LinkOutline {
  /// Nil for a list without a folder's name.
  private var folders: [String?] = []
  /// The name of the folder whose list comes next.
  private var announced: String?
  private var heading = ""

  /// Reads on. Returns the link of the segment; nil if there is none.
  mutating func read(_ segment: [UInt8]) -> LinkEntry? {
    var entry: LinkEntry?
    var text = Text.none
    for token in LinkTokens(segment[...]) {
      switch token {
      case .text(let range):
        let words = HTMLCharacterReferences.decoded(segment[range], in: .text)
        switch text {
        case .title: entry?.title += words
        case .description: entry?.description += words
        case .folder: announced? += words
        case .heading: heading += words
        case .none: break
        }
      case .startTag(let tag):
        switch tag.name {
        case "a" where entry == nil:
          entry = link(tag)
          text = .title
        case "h3":
          announced = tag.isRoot ? nil : ""
          text = .folder
        case "h1", "h2":
          (heading, text) = ("", .heading)
        case "dl", "ul", "ol":
          folders.append(announced?.singleLine)
          (announced, text) = (nil, .none)
        case "dd": text = .description
        case "br": if text == .description { entry?.description += "\n" }
        default: break
        }
      case .endTag(let tag):
        switch tag.name {
        case "a", "h1", "h2", "h3", "dd": text = .none
        case "dl", "ul", "ol":
          _ = folders.popLast()
          text = .none
        default: break
        }
      case .comment, .doctype: break
      }
    }
    return entry
  }

  /// What the text belongs to that comes next.
  private enum Text { case none, title, description, folder, heading }

  private func link(_ tag: HTMLTag) -> LinkEntry {
    var entry = LinkEntry()
    for attribute in tag.attributes where !attribute.isNamed("icon") {
      let name = attribute.name
      if entry.attributes[name] == nil { entry.attributes[name] = attribute.value }
    }
    entry.url = entry.attributes["href"] ?? ""
    entry.folders = folders.compactMap { $0 }.filter { !$0.isEmpty }
    entry.heading = heading.singleLine
    return entry
  }
}

extension HTMLTag {
  /// Whether it names one of the folders that every browser has.
  fileprivate var isRoot: Bool {
    attributes.contains {
      $0.isNamed("personal_toolbar_folder") || $0.isNamed("unfiled_bookmarks_folder")
    }
  }
}

/// The tokens of an entry, in which no element holds text that is not read: a title may say
/// `<script>`.
private struct LinkTokens: Sequence, IteratorProtocol {
  private let source: ArraySlice<UInt8>
  private var tokens: HTMLTokenizer

  init(_ source: ArraySlice<UInt8>) {
    self.source = source
    tokens = HTMLTokenizer(source)
  }

  mutating func next() -> HTMLToken? {
    let token = tokens.next()
    if case .startTag(let tag) = token, LinkTokens.hiding.contains(tag.name) {
      tokens = HTMLTokenizer(source[tag.range.upperBound...])
    }
    return token
  }

  private static let hiding: Set<String> = [
    "script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title", "svg", "math",
  ]
}
