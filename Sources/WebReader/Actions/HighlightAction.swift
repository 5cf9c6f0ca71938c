import Satchel

/// Changes a highlight.
struct HighlightAction {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    switch visit.request.path[2] {
    case "note": try await note()
    case "delete": try await delete()
    default: ProblemScreen(visit: visit).nothingHere()
    }
  }

  private var highlight: HighlightRow {
    get async throws(LibraryError) {
      try await visit.library.highlightToChange(visit.request.path[1])
    }
  }

  private func note() async throws(LibraryError) -> WebResponse {
    let highlight = try await highlight
    let present = try await visit.library.note(of: highlight.id)
    let text = FormText.received(visit.request.form["text"] ?? "")
    guard let shown = visit.shown(of: present, sending: text) else {
      return try await refuse(highlight, visit.oldForm)
    }
    do throws(LibraryError) {
      let change = try await visit.library.acting(as: "highlight note")
        .setNote(highlight.id, text, over: shown)
      try visit.check(leftOut: change.leftOut)
    } catch {
      guard error.isOfText else { throw error }
      return try await refuse(highlight, visit.markup(error))
    }
    return visit.back
  }

  private func delete() async throws(LibraryError) -> WebResponse {
    let highlight = try await highlight
    let change = try await visit.library.acting(as: "delete highlight").delete([highlight.id])
    try visit.check(leftOut: change.leftOut)
    return visit.back
  }

  private func refuse(
    _ highlight: HighlightRow, _ reason: Markup
  ) async throws(LibraryError) -> WebResponse {
    let article = highlight.highlight.article
    guard let row = try await visit.library.article(article) else {
      throw .noSuchArticle(article.description)
    }
    let refusal = Refusal(
      form: .highlightNote(highlight.id), fields: visit.request.form, reason: reason)
    return try await ArticleScreen(visit: visit, refusal: refusal).answer(row)
  }
}
