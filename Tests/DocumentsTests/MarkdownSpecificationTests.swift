import Documents
import Foundation
import Testing

/// What CommonMark's own examples come to.
///
/// The HTML that the specification expects is read by our HTML reader, and both must be one tree. So
/// white space counts as little as HTML counts it, titles of links and the language of code not at
/// all, and raw HTML as what a browser makes of it. Of two things more is made nothing here: the
/// `code` inside a `pre`, and which characters of an address are written as escapes.
@Suite(.enabled(if: CommonMarkExample.areAtHand, "the examples of CommonMark are not here"))
struct MarkdownSpecificationTests {
  /// The examples that come to something else, by number, each for a reason of ours.
  private static let different: [Int: String] = [
    604: "an address in running text is a link",
    610: "an address in running text is a link",
    613: "an address in running text is a link",
  ]

  @Test func `CommonMark's examples are read as CommonMark says, but for those that are listed`()
    throws
  {
    let examples = try CommonMarkExample.all()
    let different = examples.filter { example in
      let document = Document(reading: Array(example.markdown.utf8), as: .markdown)
      let expected = Document(reading: Array(example.html.utf8), as: .html)
      return document.comparable != expected.comparable
    }
    for example in different where MarkdownSpecificationTests.different[example.example] == nil {
      Issue.record("\(example.example) \(example.section): \(example.markdown.debugDescription)")
    }
    #expect(different.map(\.example) == MarkdownSpecificationTests.different.keys.sorted())
    #expect(examples.count - different.count >= 600)
  }
}

extension Document {
  fileprivate var comparable: Document { Document(blocks.map(\.comparable)) }
}

extension Block {
  fileprivate var comparable: Block {
    switch self {
    case .heading(let level, let text): .heading(level: level, text.map(\.comparable))
    case .paragraph(let text): .paragraph(text.map(\.comparable))
    case .caption(let text): .caption(text.map(\.comparable))
    case .code(let text): .code([.text(text.text)])
    case .quote(let blocks): .quote(blocks.map(\.comparable))
    case .figure(let blocks): .figure(blocks.map(\.comparable))
    case .list(let items): .list(items.map { ListItem($0.marker, $0.blocks.map(\.comparable)) })
    case .table, .rule: self
    }
  }
}

extension Inline {
  fileprivate var comparable: Inline {
    switch self {
    case .text, .lineBreak: self
    case .emphasis(let inner): .emphasis(inner.map(\.comparable))
    case .strong(let inner): .strong(inner.map(\.comparable))
    case .code(let inner): .code(inner.map(\.comparable))
    case .link(let destination, let inner):
      .link(destination: escaped(destination), inner.map(\.comparable))
    case .image(let source, let alternative):
      .image(source: escaped(source), alternative: alternative)
    }
  }

  private func escaped(_ address: String) -> String {
    address.utf8.map { byte in
      let isKept =
        byte < 0x7F && byte > 0x20 && !"\"\\[]`<>^{|}".utf8.contains(byte)
      return isKept ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
