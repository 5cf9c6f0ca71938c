import Satchel

/// Remotes and replicas, and what a synchronization does.
struct SyncScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    PageFrame(visit: visit, title: "").page("")
  }
}
