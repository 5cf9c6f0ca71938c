import Satchel

/// Says what could not be done, and why.
struct ProblemScreen {
  let visit: Visit

  func answer(_ error: LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("<p>\(error.message)</p>", status: 400)
  }

  /// There is nothing of this address.
  func nothingHere() -> WebResponse {
    PageFrame(visit: visit, title: "").page("", status: 404)
  }
}
