import Satchel

/// Settles a conflict.
struct ConflictAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
