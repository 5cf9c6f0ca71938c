import Satchel

/// What a reader chooses for this browser.
struct SettingsScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
