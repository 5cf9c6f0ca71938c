import Satchel

/// Settles a conflict with one of its sides.
struct ConflictAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    let form = visit.request.form
    guard visit.request.path.last == "settle" else {
      return ProblemScreen(visit: visit).nothingHere()
    }
    guard let side = form.text("side").flatMap(ConflictSide.init), let name = form.text("conflict")
    else { throw .invalid("a choice names a conflict and a side") }
    let found = try await visit.library.conflicts().conflicts(named: name)
    guard !found.isEmpty else { return try await show(.settledMeanwhile) }
    // What was written since the page was made has not been seen by whoever chose.
    guard let conflict = found.first(where: { $0.state == form["state"] }) else {
      return try await show(.changedMeanwhile)
    }
    let field = conflict.register.field.name
    try await visit.library.acting(as: "settle \(field) \(name)").settle(conflict, with: side)
    return visit.back
  }

  private func show(_ notice: Phrase) async throws(LibraryError) -> WebResponse {
    try await ConflictsScreen(visit: visit, notice: notice).answer()
  }
}
