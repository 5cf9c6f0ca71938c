import Satchel

/// Begins a synchronization, with one remote or with all; what runs already is shown.
struct SyncAction {
  let visit: Visit

  /// How long to wait for the end, so that a short one needs no second look.
  private static let patience = Duration.milliseconds(700)

  func answer() async throws(LibraryError) -> WebResponse {
    let remotes = try await visit.library.remotes()
    let chosen: [NamedTarget]
    if let name = visit.request.form.text("remote") {
      chosen = remotes.filter { $0.name == name }
      guard !chosen.isEmpty else { throw .noSuchRemote(name) }
    } else {
      chosen = remotes
    }
    var orders: [SyncDesk.Order] = []
    for remote in chosen {
      orders.append(
        SyncDesk.Order(
          name: remote.name, target: try SyncTarget(remote.target), library: visit.library))
    }
    await visit.reader.syncing.begin(orders)
    await visit.reader.syncing.settle(atMost: SyncAction.patience)
    return .seeOther(visit.address("sync"))
  }
}
