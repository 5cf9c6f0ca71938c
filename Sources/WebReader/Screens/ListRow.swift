import Satchel

/// An article in a list: what it is called, where it is from, how far it was read, and what can be
/// done with it.
struct ListRow {
  let visit: Visit
  /// The list it stands in, to which its page leads back.
  let asked: ListQuery
  let hit: SearchResults.Hit

  private var row: ArticleRow { hit.article }
  private var article: Article { row.article }
  private var words: Words { visit.words }

  /// What is past so many tags or bytes of them is counted, so that a page stays small whatever
  /// members write.
  private static let tagCount = 8
  private static let tagBytes = 240
  private static let siteBytes = 120

  var markup: Markup {
    """
    <li data-id="\(row.shortID)" class="\(state)">
    <h2\(language)><a href="\(address)" id="t-\(row.shortID)" dir="auto">\(visit.title(article.heading))</a></h2>
    \(facts)\(snippet)\(tags)\(buttons)</li>

    """
  }

  private var state: Markup {
    let states: [(Bool, Markup)] = [
      (true, article.isRead ? "read" : "unread"), (article.isStarred, "starred"),
      (article.isArchived, "archived"), (row.hasConflict, "conflicted"),
    ]
    return states.filter(\.0).map(\.1).joined(by: " ")
  }

  private var address: String {
    visit.address("article", row.shortID, fields: ["q": asked.text, "sort": asked.sort])
  }

  private var language: Markup { Markup.language(article.language) }
}

extension ListRow {
  private var facts: Markup {
    let parts = [site, day, progress, visit.rating(article.rating)] + signs
    return "<p class=\"facts\">\(parts.compactMap { $0 }.joined(by: "\n"))</p>\n"
  }

  private var site: Markup? {
    article.site.map { site in
      guard site.utf8.count <= ListRow.siteBytes else {
        return "<bdi>\(String(site.prefix(60)))…</bdi>"
      }
      return """
        <a href="\(visit.list(Visit.query(site: site)))" class="site" dir="auto">\(site)</a>
        """
    }
  }

  private var day: Markup {
    article.published.map { words.day($0) }
      ?? "\(words(.added)) \(words.day(milliseconds: article.addedMilliseconds))"
  }

  private var progress: Markup? {
    let percent = article.progressPercent
    guard percent > 0, !article.isRead else { return nil }
    return """
      <progress max="100" value="\(percent)" aria-label="\(words(.readSoFar))">\(percent) %</progress> \
      <span class="percent">\(percent) %</span>
      """
  }

  /// What is to be known of it before it is opened.
  private var signs: [Markup] {
    let signs: [(Bool, Phrase, Markup)] = [
      (article.isStarred, .isStarred, "star"), (article.isArchived, .isArchived, "away"),
      (article.isDeleted, .isDeleted, "gone"), (article.body == nil, .onlyLink, "link"),
      (article.body != nil && row.bodyLength == nil, .textNotHere, "missing"),
    ]
    let told: [Markup] = signs.filter(\.0).map { _, phrase, name in
      "<span class=\"\(name)\">\(words(phrase))</span>"
    }
    guard row.hasConflict else { return told }
    return told + [
      "<a href=\"\(visit.address("conflicts"))\" class=\"conflict\">\(words(.isConflicted))</a>"
    ]
  }

  private var snippet: Markup? {
    guard let snippet = hit.snippet, !snippet.parts.isEmpty else { return nil }
    let parts = snippet.parts.map { part -> Markup in
      part.isMatch ? "<mark>\(part.text)</mark>" : "\(part.text)"
    }
    return "<p class=\"snippet\"\(language) dir=\"auto\">\(parts.joined())</p>\n"
  }

  private var tags: Markup? {
    let tags = article.tags
    guard !tags.isEmpty else { return nil }
    var (items, room) = ([Markup](), ListRow.tagBytes)
    for tag in tags.prefix(ListRow.tagCount) where tag.utf8.count <= room {
      room -= tag.utf8.count
      items.append(
        "<li><a href=\"\(visit.list(Visit.query(tag: tag)))\" dir=\"auto\">\(tag)</a></li>")
    }
    if tags.count > items.count { items.append("<li>+\(tags.count - items.count)</li>") }
    return "<ul class=\"tags\" aria-label=\"\(words(.tags))\">\(items.joined(by: " "))</ul>\n"
  }

  private var buttons: Markup? {
    guard !visit.isReadOnly, !article.isDeleted else { return nil }
    let buttons = article.offeredMarks.map { mark, phrase -> Markup in
      """
      <button name="do" value="\(mark.rawValue) \(row.shortID)" \
      aria-describedby="t-\(row.shortID)">\(words(phrase))</button>
      """
    }
    return "<p class=\"actions\">\(buttons.joined(by: "\n"))</p>\n"
  }
}

extension Markup {
  /// The attribute that says in which language something is; nothing where that is not known, or
  /// what is known is no tag of a language.
  static func language(_ tag: String?) -> Markup {
    guard let tag, (2...35).contains(tag.utf8.count),
      tag.utf8.allSatisfy({
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || $0 == UInt8(ascii: "-")
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      })
    else { return .nothing }
    return " lang=\"\(tag)\""
  }
}

extension Phrase {
  static let untitled = Phrase("Untitled", "无标题")
  static let added = Phrase("added", "添加于")
  static let readSoFar = Phrase("Read so far", "阅读进度")
  static let isStarred = Phrase("starred", "已加星标")
  static let isArchived = Phrase("archived", "已归档")
  static let isDeleted = Phrase("deleted", "已删除")
  static let onlyLink = Phrase("link only", "仅链接")
  static let textNotHere = Phrase("text not here", "正文不在本机")
  static let isConflicted = Phrase("in conflict", "有冲突")
  static let markRead = Phrase("Mark read", "标为已读")
  static let markUnread = Phrase("Mark unread", "标为未读")
  static let star = Phrase("Star", "加星标")
  static let unstar = Phrase("Unstar", "取消星标")
  static let archive = Phrase("Archive", "归档")
  static let unarchive = Phrase("Unarchive", "取消归档")

  static func stars(_ count: Int) -> Phrase {
    Phrase("\(Wording.count(count, "star"))", "\(count) 星")
  }
}
