/// The block of properties between two lines of `---`, or of `+++`, that some Markdown begins with.
///
/// Of the first a small part of YAML is read: `key: value` with or without quotes, `key: [a, b]`, and
/// a key followed by `- a` lines. What is nested deeper is passed over. Of the second, which is TOML,
/// nothing is read.
package struct FrontMatter {
  package enum Syntax: Sendable { case yaml, toml }

  package let syntax: Syntax
  /// The offset of the text below the closing line.
  package let end: Int
  /// Whether the block begins with a property. One that does not is shown as text, since a text may
  /// begin with a rule.
  package let beginsWithProperty: Bool
  private let lines: ArraySlice<UInt8>

  /// Nil if the page does not begin with front matter that is closed.
  package init?(startOf page: ArraySlice<UInt8>) {
    var rest = page.lines
    guard let opening = rest.next(), let syntax = Syntax(opening: opening) else { return nil }
    let start = rest.rest.startIndex
    while let line = rest.next() {
      guard syntax.isClosed(by: line) else { continue }
      self.syntax = syntax
      end = rest.rest.startIndex
      lines = page[start..<line.startIndex]
      var block = lines.lines
      beginsWithProperty = block.next().map(syntax.isProperty) ?? false
      return
    }
    return nil
  }
}

extension FrontMatter {
  /// What its properties say about the page.
  package var metadata: PageMetadata {
    var metadata = PageMetadata()
    guard syntax == .yaml else { return metadata }
    let properties = YAMLProperties(lines, escapes: .literal)
    metadata.title = properties.first(of: ["title"]).flatMap { Array($0.utf8)[...].asTitle }
    metadata.address = properties.first(of: ["url", "source", "canonical", "link"])
    metadata.author = properties.first(of: ["author", "authors", "by"])
    metadata.editor = properties.first(of: ["editor"])
    metadata.published = properties.first(of: ["published", "date", "pubdate"])?.asDate
    metadata.language = properties.first(of: ["language", "lang"])
    metadata.summary = properties.first(of: ["summary", "description"])
    metadata.tags = properties["tags"] ?? properties["tag"] ?? properties["keywords"] ?? []
    return metadata
  }

  /// All its properties, their texts as YAML has them: escapes in double quotes are read, which
  /// ``metadata`` does not do. None for TOML.
  package var properties: YAMLProperties {
    YAMLProperties(syntax == .yaml ? lines : [], escapes: .yaml)
  }
}

extension FrontMatter.Syntax {
  fileprivate init?(opening line: ArraySlice<UInt8>) {
    if line.trimmedAtEnd.elementsEqual("---".utf8) {
      self = .yaml
    } else if line.trimmedAtEnd.elementsEqual("+++".utf8) {
      self = .toml
    } else {
      return nil
    }
  }

  fileprivate func isClosed(by line: ArraySlice<UInt8>) -> Bool {
    FrontMatter.Syntax(opening: line) == self
      || self == .yaml && line.trimmedAtEnd.elementsEqual("...".utf8)
  }

  fileprivate func isProperty(_ line: ArraySlice<UInt8>) -> Bool {
    let separator = UInt8(ascii: self == .yaml ? ":" : "=")
    guard let end = line.firstIndex(of: separator), end > line.startIndex else {
      return line.first == UInt8(ascii: "#")
    }
    return line[..<end].allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || [0x20, 0x22, 0x27, 0x2D, 0x2E, 0x5F].contains($0)
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmedAtEnd: ArraySlice<UInt8> {
    self[..<(lastIndex { !$0.isHTMLSpace }.map { $0 + 1 } ?? startIndex)]
  }
}
