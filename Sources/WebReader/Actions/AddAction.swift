import Satchel

/// Shows what a text or files would add, and adds it.
struct AddAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
