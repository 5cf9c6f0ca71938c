import Satchel

/// An article with its reader's state.
struct ArticleScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
