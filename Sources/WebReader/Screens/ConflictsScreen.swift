import Satchel

/// What authors wrote that is not shown, both sides of each.
struct ConflictsScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
