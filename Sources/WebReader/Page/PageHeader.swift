import Satchel

/// The top of every page: whose library it is, where one can go, and what one is looking for.
struct PageHeader {
  let visit: Visit
  let section: PageFrame.Section?

  var markup: Markup {
    """
    <header class="top">
    <a class="home" href="\(visit.address())" dir="auto">\(visit.facts.name)</a>
    <nav aria-label="\(visit.words(.places))">
    <ul>
    \(shown.map(item).joined())</ul>
    <details\(moreMark)>
    <summary>\(visit.words(.morePlaces))</summary>
    <ul>
    \(more.map(item).joined())</ul>
    </details>
    </nav>
    \(section == .list ? nil : search)\
    </header>

    """
  }
}

extension PageHeader {
  /// What stands in sight. Conflicts do where there are any.
  private var shown: [PageFrame.Section] {
    let conflicts: [PageFrame.Section] = visit.facts.conflicts > 0 ? [.conflicts] : []
    return visit.isReadOnly ? [.list] + conflicts : [.list, .add, .sync] + conflicts
  }

  /// What a click away is.
  private var more: [PageFrame.Section] { [.tags, .sites, .bin, .history, .settings, .help] }

  private var moreMark: Markup? {
    section.map(more.contains) == true ? " class=\"here\"" : nil
  }

  private func item(_ place: PageFrame.Section) -> Markup {
    let address = place == .list ? visit.address() : visit.address(place.rawValue)
    let here: Markup? = place == section ? " aria-current=\"page\"" : nil
    return "<li><a href=\"\(address)\"\(here)>\(name(of: place))</a></li>\n"
  }

  private func name(of place: PageFrame.Section) -> Markup {
    let conflicts = visit.facts.conflicts
    let count: Markup? = place == .conflicts ? " <span class=\"alarm\">\(conflicts)</span>" : nil
    return "\(visit.words(.place(place)))\(count)"
  }

  /// A query in the one language, asked from wherever one is; lists have a form of their own.
  private var search: Markup {
    """
    <form role="search" action="\(visit.address())">
    <input type="search" id="q" name="q" aria-label="\(visit.words(.wordsOrQuery))" \
    placeholder="\(visit.words(.wordsOrQuery))" autocomplete="off" spellcheck="false">
    <button>\(visit.words(.search))</button>
    </form>

    """
  }
}

extension Phrase {
  fileprivate static let places = Phrase("Places", "导航")
  fileprivate static let morePlaces = Phrase("More", "更多")
  fileprivate static let wordsOrQuery = Phrase("Words or a query", "关键词或查询")

  fileprivate static func place(_ place: PageFrame.Section) -> Phrase {
    switch place {
    case .list: Phrase("Articles", "文章")
    case .tags: .tags
    case .sites: .sites
    case .conflicts: .conflicts
    case .bin: .bin
    case .sync: .sync
    case .add: .add
    case .history: .history
    case .settings: .settings
    case .help: .help
    }
  }
}
