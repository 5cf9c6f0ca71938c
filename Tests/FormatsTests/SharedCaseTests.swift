import Articles
import Documents
import Formats
import Testing

@Suite(.enabled(if: SharedCase.folder != nil, "the cases are not here"))
struct SharedCaseTests {
  @Test(arguments: ["front-matter", "encodings", "language"])
  func `every case is read as expected`(folder: String) throws {
    if folder == "encodings", !SystemDecoders.areHere { return }
    let cases = try SharedCase.all(in: [folder])
    #expect(!cases.isEmpty)
    for expected in cases { try check(expected) }
  }

  private func check(_ expected: SharedCase) throws {
    let name = Comment(rawValue: expected.file)
    let item = try #require(try expected.item(), name)
    if expected.skipped == true {
      guard case .skipped(let reason) = item.outcome else {
        Issue.record("\(expected.file) is not skipped")
        return
      }
      #expect("\(reason)".contains("--encoding"), name)
      return
    }
    guard case .article(let draft) = item.outcome else {
      Issue.record("\(expected.file): \(item.outcome)")
      return
    }
    if let title = expected.title { #expect(draft.title == title, name) }
    if let url = expected.url { #expect(draft.url == url, name) }
    if let author = expected.author { #expect(draft.author == author, name) }
    if let day = expected.published { #expect(draft.published?.hasPrefix(day) == true, name) }
    if let tags = expected.tags { #expect(draft.tags.sorted() == tags, name) }
    if let language = expected.language {
      #expect(draft.language?.prefix { $0 != "-" } == language[...], name)
    }
    let text = words(PlainText.text(of: Document(reading: draft.body, as: format(of: draft))))
    if let part = expected.textContains { #expect(text.contains(words(part)), name) }
    if let part = expected.textLacks { #expect(!text.contains(part), name) }
  }

  private func format(of draft: ArticleDraft) -> DocumentFormat {
    switch draft.format {
    case .markdown: .markdown
    case .html: .html
    case .text: .text
    }
  }

  private func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
