import Satchel

/// Renames a tag on every article that bears it.
struct TagAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    let form = visit.request.form
    guard visit.request.path.last == "rename", let old = form["old"], !old.isEmpty else {
      return ProblemScreen(visit: visit).nothingHere()
    }
    let new = form.text("new") ?? ""
    do throws(LibraryError) {
      let library = visit.library.acting(as: "tag rename \(old) \(new)")
      _ = try await library.renameTag(old, to: new)
    } catch {
      return ProblemScreen(visit: visit).answer(
        error, form: TagForm(visit: visit, old: old, new: new).markup)
    }
    return .seeOther(visit.address("tags"))
  }
}
