import Satchel

/// The lists beside a list: what is read often, views, and the tags and sites that most articles
/// have.
struct Sidebar {
  let visit: Visit
  let numbers: LibraryNumbers.Numbers
  /// The query that is shown, of which the link says so.
  let shown: String

  /// How many tags, and how many sites.
  private static let count = 12

  var markup: Markup {
    """
    <aside>
    <nav aria-label="\(visit.words(.lists))" class="lists">
    \(usual)\(views)\(tags)\(sites)</nav>
    </aside>

    """
  }

  private var usual: Markup {
    list([
      link(visit.text(.unread), "", numbers.unread),
      link(visit.text(.all), ListQuery.all, numbers.all),
      link(visit.text(.starred), "is:starred", numbers.starred),
      link(visit.text(.archived), "is:archived", numbers.archived),
    ])
  }

  private var views: Markup {
    section(.views, numbers.views.map { link("\($0.name)", "@\($0.name)", nil) })
  }

  private var tags: Markup {
    let links = numbers.tags.largest(Sidebar.count).map {
      link("\($0.name)", Visit.query(tag: $0.name), $0.count)
    }
    let all = "tags"
    return section(.tags, links + more(all, .allTags, numbers.tags.count > links.count))
  }

  private var sites: Markup {
    let links = numbers.sites.largest(Sidebar.count).map {
      link("\($0.name)", Visit.query(site: $0.name), $0.count)
    }
    return section(.sites, links + more("sites", .allSites, numbers.sites.count > links.count))
  }

  private func more(_ page: String, _ phrase: Phrase, _ isMore: Bool) -> [Markup] {
    isMore ? ["<a href=\"\(visit.address(page))\" class=\"more\">\(visit.words(phrase))</a>"] : []
  }

  private func section(_ title: Phrase, _ links: [Markup]) -> Markup {
    links.isEmpty ? .nothing : "<h2>\(visit.words(title))</h2>\n\(list(links))"
  }

  private func list(_ links: [Markup]) -> Markup {
    "<ul>\n\(links.map { "<li>\($0)</li>\n" as Markup }.joined())</ul>\n"
  }

  private func link(_ name: Markup, _ query: String, _ count: Int?) -> Markup {
    let current: Markup = query == shown ? " aria-current=\"page\"" : ""
    let number: Markup? = count.map { " <span class=\"count\">\(visit.words.number($0))</span>" }
    return "<a href=\"\(visit.list(query))\"\(current) dir=\"auto\">\(name)</a>\(number)"
  }
}

extension Phrase {
  static let lists = Phrase("Lists", "列表")
  static let unread = Phrase("Unread", "未读")
  static let all = Phrase("All", "全部")
  static let starred = Phrase("Starred", "星标")
  static let archived = Phrase("Archived", "归档")
  static let views = Phrase("Views", "视图")
  static let tags = Phrase("Tags", "标签")
  static let sites = Phrase("Sites", "网站")
  static let allTags = Phrase("All tags", "所有标签")
  static let allSites = Phrase("All sites", "所有网站")
}
