import Satchel

/// Changes a highlight.
struct HighlightAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
