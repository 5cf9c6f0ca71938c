import Satchel

/// What can be undone.
struct HistoryScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
