import Satchel

/// Keeps what a reader chose, in a cookie.
struct SettingsAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
