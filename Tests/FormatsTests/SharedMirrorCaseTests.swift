import Documents
import Formats
import Testing

@Suite(.enabled(if: SharedCase.folder != nil, "the shared cases are not here"))
struct SharedMirrorCaseTests {
  @Test func `every page of a mirror is read as is expected`() throws {
    let cases = try SharedCase.all(in: ["mirror"])
    #expect(cases.count >= 6)
    for expected in cases {
      guard case .article(let draft) = try expected.item()?.outcome else {
        Issue.record("\(expected.file): no article")
        continue
      }
      #expect(expected.title == nil || draft.title == expected.title, "\(expected.file)")
      #expect(expected.url == nil || draft.url == expected.url, "\(expected.file)")
      #expect(
        expected.published == nil || draft.published == expected.published, "\(expected.file)")
      let text = PlainText.text(of: Document(reading: draft.body, as: .markdown))
      #expect(expected.textLacks.map { !text.contains($0) } ?? true, "\(expected.file)")
      #expect(expected.textContains.map { text.contains($0) } ?? true, "\(expected.file)")
      #expect(text.contains("船停在岸边") || draft.title == "A note of mine", "\(expected.file)")
    }
  }

  @Test func `bookmarks are no article but many`() throws {
    let cases = try SharedCase.all(in: ["html"])
    guard let bookmarks = cases.first(where: { $0.file == "html/bookmarks.html" }) else { return }
    let items = try bookmarks.items()
    #expect(items.count > 0)
    for case .article(let draft) in items.map(\.outcome) {
      #expect(draft.url != nil && draft.body.isEmpty && draft.isRecorded)
    }
  }
}
