import Satchel

/// Takes the newest action back, where it is still the one that its form showed.
struct UndoAction {
  let visit: Visit

  /// How many of the articles that were left are named.
  static let named = 10

  /// Leads on to a page that says what came of it, so that loading that anew undoes nothing.
  func answer() async throws(LibraryError) -> WebResponse {
    do throws(LibraryError) {
      return try await told(visit.library.undo(ifNewestIs: visit.request.form["action"] ?? ""))
    } catch .actedSince {
      return try await HistoryScreen(visit: visit, notice: .actedMeanwhile).answer()
    }
  }

  private func told(_ undone: UndoSummary) async throws(LibraryError) -> WebResponse {
    let names = try await visit.library.shortIDs(of: Set(undone.left.prefix(UndoAction.named)))
    let left = undone.left.prefix(UndoAction.named).compactMap { names[$0] }
    let others = undone.left.count + undone.otherLeft
    return .seeOther(
      visit.address(
        "history",
        fields: [
          "changed": "\(undone.change.changed.count)",
          "highlights": undone.highlights.isEmpty ? nil : "\(undone.highlights.count)",
          "left": left.joined(separator: ","), "others": others == 0 ? nil : "\(others)",
        ]))
  }
}
