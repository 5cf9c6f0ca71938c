import Satchel

/// A form for a text, and one for files.
struct AddScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
