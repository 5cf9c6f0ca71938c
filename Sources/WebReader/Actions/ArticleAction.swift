import Satchel

/// Changes what a reader says of an article.
struct ArticleAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
