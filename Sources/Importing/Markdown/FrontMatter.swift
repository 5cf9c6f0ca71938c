import Articles
import Documents

/// The metadata between two `---` lines at the top of a Markdown page.
///
/// A small part of YAML is read: `key: value` with or without quotes, `key: [a, b]`, and a key
/// followed by `- a` lines. What is nested deeper, and keys without a meaning here, are passed over.
struct FrontMatter {
  /// The offset of the text below the closing line.
  private(set) var end: Int
  private var values: [String: [String]] = [:]

  /// Nil if the page does not begin with front matter that is closed.
  init?(startOf page: ArraySlice<UInt8>) {
    end = page.startIndex
    var lines = page.lines
    guard let first = lines.next(), FrontMatter.isFence(first) else { return nil }
    var key: String?
    while let line = lines.next() {
      if FrontMatter.isFence(line) || line.trimmed().elementsEqual("...".utf8) {
        end = lines.rest.startIndex
        return
      }
      read(line, key: &key)
    }
    return nil
  }

  var title: String? { first(of: ["title"]).flatMap { Array($0.utf8)[...].asTitle } }

  /// Sets what the front matter says and leaves the rest as it is.
  func apply(to draft: inout ArticleDraft) {
    draft.url = first(of: ["url", "source", "canonical", "link"]).flatMap(FrontMatter.webAddress)
    draft.site = draft.url.flatMap { CanonicalURL.host(of: $0) }
    draft.author = first(of: ["author", "authors", "by"])
    draft.editor = first(of: ["editor"])
    draft.published = first(of: ["published", "date", "pubdate"])
      .flatMap { DateText.normalised(Array($0.utf8)[...]) }
    draft.language = first(of: ["language", "lang"]) ?? draft.language
    draft.summary = first(of: ["summary", "description"])
    draft.tags = values["tags"] ?? values["tag"] ?? values["keywords"] ?? []
  }
}

extension FrontMatter {
  private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
    line.hasPrefix("---") && line.dropFirst(3).isBlank
  }

  private static func webAddress(_ text: String) -> String? {
    text.hasPrefix("http://") || text.hasPrefix("https://") ? text : nil
  }

  private func first(of keys: [String]) -> String? {
    keys.lazy.compactMap { values[$0]?.first }.first
  }

  private mutating func read(_ line: ArraySlice<UInt8>, key: inout String?) {
    let content = line.trimmed()
    if let key, content.hasPrefix("- ") {
      add([YAMLScalar.text(content.dropFirst(2))], to: key)
    } else if let first = line.first, !first.isHTMLSpace, first != UInt8(ascii: "#") {
      key = readPair(content)
    }
  }

  /// Reads `key: value` and returns the key, whose list may follow.
  private mutating func readPair(_ content: ArraySlice<UInt8>) -> String? {
    guard let colon = content.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let key = String(lowercasingASCII: content[..<colon].trimmed())
    add(YAMLScalar.list(content[(colon + 1)...].trimmed()), to: key)
    return key
  }

  private mutating func add(_ texts: [String], to key: String) {
    values[key, default: []] += texts.filter { !$0.isEmpty }
  }
}
