import Documents
import Satchel

/// The way back to the list that an article was opened from, and on to its neighbors there.
struct NeighborLinks {
  let visit: Visit
  let neighbors: ArticleNeighbors?

  /// Above the article.
  var trail: Markup {
    let query = visit.shownQuery
    let list = visit.address(fields: ["q": query.text("q"), "sort": query.text("sort")])
    return "<p class=\"trail\"><a href=\"\(list)\">\(visit.words(.toTheList))</a></p>\n"
  }

  /// Below it.
  var markup: Markup? {
    guard let neighbors, neighbors.previous != nil || neighbors.next != nil else { return nil }
    let unread = neighbors.nextUnread
    let links = [
      neighbors.previous.map { link($0, " rel=\"prev\"", .previousArticle) },
      neighbors.next.map {
        link($0, " rel=\"next\"\($0.id == unread?.id ? mark : nil)", .nextArticle)
      },
      unread.flatMap { $0.id == neighbors.next?.id ? nil : link($0, mark, .nextUnread) },
    ]
    return """
      <nav class="neighbors" aria-label="\(visit.words(.neighbors))">
      \(links.compactMap { $0 }.joined())</nav>

      """
  }

  private var mark: Markup { " data-next-unread" }

  private func link(_ row: ArticleRow, _ attributes: Markup, _ phrase: Phrase) -> Markup {
    let query = visit.shownQuery
    let address = visit.address(
      "article", row.shortID, fields: ["q": query.text("q"), "sort": query.text("sort")])
    return """
      <a href="\(address)"\(attributes)><span class="hint">\(visit.words(phrase))</span> \
      <span dir="auto"\(Markup.language(row.article.language))>\
      \(visit.title(row.article.heading))</span></a>

      """
  }
}

/// Links between the parts of a very long article.
struct PartLinks {
  let visit: Visit
  let text: HTMLPart?

  var markup: Markup? {
    guard let text, text.count > 1 else { return nil }
    let (number, count) = (text.number, text.count)
    let links = [
      number > 1 ? link(number - 1, .partBefore) : nil,
      "<span>\(visit.words(.part(number, of: count)))</span>\n",
      number < count ? link(number + 1, .partBehind) : nil,
    ]
    return """
      <nav class="parts" aria-label="\(visit.words(.parts))">
      \(links.compactMap { $0 }.joined())</nav>

      """
  }

  private func link(_ number: Int, _ phrase: Phrase) -> Markup {
    "<a href=\"\(visit.here(part: number))\">\(visit.words(phrase))</a>\n"
  }
}

extension Visit {
  /// This page with another part of its article.
  func here(part: Int) -> String {
    let fields = shownQuery.all.filter { $0.name != "part" }.map { ($0.name, Optional($0.value)) }
    return reader.address(shownPath, fields + [("part", "\(part)")])
  }
}

extension Phrase {
  fileprivate static let toTheList = Phrase("Back to the list", "返回列表")
  fileprivate static let neighbors = Phrase("Articles next to this one", "相邻文章")
  fileprivate static let previousArticle = Phrase("Previous", "上一篇")
  fileprivate static let nextArticle = Phrase("Next", "下一篇")
  fileprivate static let nextUnread = Phrase("Next unread", "下一篇未读")
  fileprivate static let parts = Phrase("Parts of this article", "本文各部分")
  fileprivate static let partBefore = Phrase("Previous part", "上一部分")
  fileprivate static let partBehind = Phrase("Next part", "下一部分")

  fileprivate static func part(_ number: Int, of count: Int) -> Phrase {
    Phrase("Part \(number) of \(count)", "第 \(number) 部分，共 \(count) 部分")
  }
}
