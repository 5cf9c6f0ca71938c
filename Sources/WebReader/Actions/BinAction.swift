import Satchel

/// Restores deleted articles: one, or all that a page showed.
struct BinAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    let form = visit.request.form
    guard visit.request.path.last == "restore", let asked = form.text("do") else {
      return ProblemScreen(visit: visit).nothingHere()
    }
    let names = asked == "all" ? form.all.filter { $0.name == "id" }.map(\.value) : [asked]
    var ids: [ArticleID] = []
    for name in names { ids.append(try await visit.library.articleToRestore(name).id) }
    guard !ids.isEmpty else { throw .invalid("nothing was chosen") }
    let action = ids.count == 1 ? "restore \(names[0])" : "restore \(ids.count) articles"
    _ = try await visit.library.acting(as: action).restore(ids)
    return visit.back
  }
}
