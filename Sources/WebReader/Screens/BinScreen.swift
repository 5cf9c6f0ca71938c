import Satchel

/// Deleted articles, a page at a time, each to be restored.
struct BinScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    let asked = ArticleQuery(.state(.deleted), includingArchived: true)
    let listing = try await visit.library.list(asked)
    let window = PageWindow(visit.shownQuery, of: listing.count)
    let rows = try await listing.page(window.places)
    let title = visit.words(.bin)
    return PageFrame(visit: visit, title: title, section: .bin).page(
      """
      <h1>\(title)</h1>
      <p>\(visit.words(.binExplained)) \
      <a href="\(visit.address("history"))">\(visit.words(.history))</a></p>
      \(rows.isEmpty ? empty : list(rows))\
      \(PageLinks(visit: visit, path: ["bin"], window: window).markup)
      """)
  }

  private var empty: Markup { "<p class=\"empty\">\(visit.words(.emptyBin))</p>\n" }

  private func list(_ rows: [ArticleRow]) -> Markup {
    let list: Markup = """
      <ul class="articles">
      \(rows.map(row).joined())</ul>

      """
    guard !visit.isReadOnly else { return list }
    let ids = rows.map { "<input type=\"hidden\" name=\"id\" value=\"\($0.shortID)\">\n" as Markup }
    return visit.form(
      "bin", "restore", name: "rows",
      """
      \(ids.joined())\(list)<p class="actions"><button name="do" value="all">\
      \(visit.words(.restoreAll(rows.count)))</button></p>

      """)
  }

  private func row(_ row: ArticleRow) -> Markup {
    let button: Markup? =
      visit.isReadOnly
      ? nil
      : """
      <p class="actions"><button name="do" value="\(row.shortID)" aria-describedby="t-\(row.shortID)">\
      \(visit.words(.restore))</button></p>

      """
    let facts: [Markup?] = [
      row.article.site.map { "<bdi>\(String($0.prefix(80)))</bdi>" },
      row.article.published.map { visit.words.day($0) },
    ]
    return """
      <li data-id="\(row.shortID)">
      <h2\(Markup.language(row.article.language))><a href="\(visit.address("article", row.shortID))" \
      id="t-\(row.shortID)" dir="auto">\(visit.title(row.article.heading))</a></h2>
      <p class="facts">\(facts.compactMap { $0 }.joined(by: " "))</p>
      \(button)</li>

      """
  }
}

extension Phrase {
  static let bin = Phrase("Bin", "回收站")
  static let binExplained = Phrase(
    "Deleted articles stay here on every machine, and what they held is kept for a while.",
    "删除的文章会留在所有设备的回收站里，其内容会保留一段时间。")
  static let emptyBin = Phrase("The bin is empty.", "回收站是空的。")
  static let restore = Phrase("Restore", "恢复")

  static func restoreAll(_ count: Int) -> Phrase {
    count == 1
      ? Phrase("Restore it", "恢复这一篇")
      : Phrase("Restore all \(Wording.number(count)) on this page", "恢复本页全部 \(count) 篇")
  }
}
