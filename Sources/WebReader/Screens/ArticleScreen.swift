import Documents
import Satchel

/// An article: its text with what its reader marked in it, and what its reader says of it.
///
/// What the script and stories look for on it is listed in Protocol 11.8.
struct ArticleScreen {
  let visit: Visit
  /// What was typed and could not be done.
  var refusal: Refusal?

  func answer() async throws(LibraryError) -> WebResponse {
    try await answer(try await visit.library.article(visit.request.path[1]))
  }

  func answer(_ row: ArticleRow) async throws(LibraryError) -> WebResponse {
    let length = row.bodyLength ?? 0
    let page = try await visit.reader.longTexts.read(bytes: length) {
      [visit] () throws(LibraryError) in
      try await ArticleScreen.page(of: row, visit)
    }
    if let text = page.text, !(1...text.count).contains(text.number) {
      return ProblemScreen(visit: visit).nothingHere()
    }
    let head = ArticleHead(visit: visit, row: row, text: page.text)
    let neighbors = NeighborLinks(visit: visit, neighbors: try await neighbors(of: row))
    let content: Markup = """
      \(neighbors.trail)\
      \(refusal?.markup)\
      <article\(head.language)>
      \(head.markup)\
      \(try await text(of: row, page))\
      </article>
      \(PartLinks(visit: visit, text: page.text).markup)\
      \(neighbors.markup)\
      \(try await HighlightList(visit: visit, row: row, page: page, refusal: refusal).markup)
      """
    let forms = try await ArticleForms(visit: visit, row: row, refusal: refusal).markup
    return PageFrame(visit: visit, title: head.title, aside: forms).page(
      content, status: refusal == nil ? 200 : 400)
  }
}

extension ArticleScreen {
  private static func page(
    of row: ArticleRow, _ visit: Visit
  ) async throws(LibraryError) -> ReaderPage {
    let held = try await visit.library.images(of: row).held
    let pictures = try await visit.reader.pictures.pictures(among: held, in: visit.library)
    return try await visit.library.readerPage(
      of: row, part: visit.shownQuery.number("part")
    ) { [reader = visit.reader] hash in
      pictures.contains(hash) ? reader.address(["image", hash.description], []) : nil
    }
  }

  private func text(of row: ArticleRow, _ page: ReaderPage) async throws(LibraryError) -> Markup {
    guard let text = page.text else {
      return try await MissingTextNotice(visit: visit, row: row).markup
    }
    let parts: Markup? =
      text.count > 1 ? " data-part=\"\(text.number)\" data-parts=\"\(text.count)\"" : nil
    return """
      <div id="text" data-id="\(row.id.description)" \
      data-progress="\(row.article.progressPercent)"\(parts)>
      \(Markup(trusted: String(decoding: text.html, as: UTF8.self)))</div>

      """
  }

  /// A query that is none, or cannot be answered now, has no list.
  private func neighbors(of row: ArticleRow) async throws(LibraryError) -> ArticleNeighbors? {
    let asked = ListQuery(visit.shownQuery)
    do throws(LibraryError) {
      guard let listing = try await listing(of: asked) else { return nil }
      return try await listing.neighbors(of: row.id)
    } catch {
      guard error.isOfQuery else { throw error }
      return nil
    }
  }

  /// As it was last seen, else as it is; nil while the index is being built for it.
  private func listing(of asked: ListQuery) async throws(LibraryError) -> ArticleListing? {
    let reader = visit.reader
    if let seen = await reader.lists.seen(asked) { return seen }
    let plan = try await asked.plan(in: visit.library)
    if plan.mayNeedIndex {
      let standing = try await reader.searching.prepare(plan, in: visit.library)
      guard case .ready = standing else { return nil }
    }
    return try await reader.lists.listing(asked, plan, in: visit.library)
  }
}
