import Articles
import Files
import Formats
import Testing

/// What a program notes that saves pages.
struct SavedPageTests {
  @Test(arguments: [
    "Fri Mar 13 2026 08:00:00 GMT+0100",
    "Fri Mar 13 2026 08:00:00 GMT+0100 (Central European Standard Time)",
    "Fri Mar 13 2026 08:00:00 GMT+0100 (CET)",
  ])
  func `when it was saved is when it came`(saved: String) throws {
    let page = """
      <!DOCTYPE html> <html><!--
       Page saved with SingleFile
       url: https://news.example.org/a.html
       saved date: \(saved)
      --><head><title>A</title></head><body><p>Text.</p></body></html>
      """
    let draft = try PageReader.markdown.draft(
      of: Array(page.utf8), at: PagePath("a.html"),
      images: { _ in nil })
    #expect(draft.url == "https://news.example.org/a.html")
    #expect(draft.state.addedMilliseconds == 1_773_385_200_000)
  }
}
