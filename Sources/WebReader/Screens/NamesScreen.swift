import Satchel

/// All tags, or all sites, with how many articles each has.
struct NamesScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
