import Satchel

/// Keeps a query under a name, or takes a view away.
struct ViewAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    switch visit.request.path.last {
    case "add": return try await add()
    case "remove": return try await remove()
    default: return ProblemScreen(visit: visit).nothingHere()
    }
  }

  private func add() async throws(LibraryError) -> WebResponse {
    let form = visit.request.form
    let asked = ListQuery(form.text("query") ?? "", sort: form.text("sort") ?? "")
    let order = ListOrder(asked.sort)
    let view = ArticleView(
      name: ViewAction.name(form), query: asked.text, sort: order?.sort ?? .published,
      isReversed: order?.isReversed ?? false)
    do throws(LibraryError) {
      guard !view.query.isEmpty else { throw .invalid("a view's query is not empty") }
      try await visit.library.acting(as: "view add \(view.name)").setView(view)
    } catch {
      let form = ViewForm.keeping(asked, named: view.name, visit)
      return ProblemScreen(visit: visit).answer(error, form: form)
    }
    return .seeOther(visit.list("@\(view.name)"))
  }

  private func remove() async throws(LibraryError) -> WebResponse {
    let name = ViewAction.name(visit.request.form)
    try await visit.library.acting(as: "view remove \(name)").removeView(name)
    return .seeOther(visit.list(""))
  }

  /// As it was typed, without the sign that names a view in a query.
  private static func name(_ form: Fields) -> String {
    let name = form.text("name") ?? ""
    return name.hasPrefix("@") ? String(name.dropFirst()) : name
  }
}
