import Satchel

/// Marks an article from the list.
struct ListAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    guard visit.request.path.last == "mark" else {
      return ProblemScreen(visit: visit).nothingHere()
    }
    let parts = (visit.request.form.text("do") ?? "").split(separator: " ")
    guard parts.count == 2, let mark = Mark(rawValue: String(parts[0])) else {
      throw .invalid("a button says a mark and an id")
    }
    let article = try await visit.library.articleToChange(String(parts[1]))
    _ = try await visit.library.acting(as: "mark \(mark.rawValue) \(article.shortID)")
      .mark([article.id], mark)
    return visit.back
  }
}
