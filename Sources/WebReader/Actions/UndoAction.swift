import Satchel

/// Takes the newest action back.
struct UndoAction {
  let visit: Visit

  /// How many of the articles that were left are named.
  static let named = 10

  /// Leads on to a page that says what came of it, so that loading that anew undoes nothing.
  func answer() async throws(LibraryError) -> WebResponse {
    let undone = try await visit.library.undo()
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
