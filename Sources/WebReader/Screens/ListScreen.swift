import Satchel

/// The articles that a query finds, a page at a time; without a query those that are unread.
struct ListScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    let asked = ListQuery(visit.request.query)
    let numbers = try await visit.reader.numbers.numbers(of: visit.library)
    let (plan, standing): (ListQuery.Plan, SearchDesk.Standing)
    do throws(LibraryError) {
      plan = try await asked.plan(in: visit.library)
      standing =
        plan.mayNeedIndex
        ? try await visit.reader.searching.prepare(plan, in: visit.library) : .ready
    } catch {
      guard error.isOfQuery else { throw error }
      return frame(asked, numbers).page(head(asked, error: error), status: 400)
    }
    switch standing {
    case .ready: return try await page(of: asked, plan, numbers)
    case .indexing(let progress): return waiting(asked, numbers, progress)
    }
  }

  /// The page while the index is built.
  func waiting(
    _ asked: ListQuery, _ numbers: LibraryNumbers.Numbers, _ progress: WorkProgress?
  ) -> WebResponse {
    frame(asked, numbers, refreshSeconds: 1).page(head(asked) + indexing(progress))
  }

  private func page(
    of asked: ListQuery, _ plan: ListQuery.Plan, _ numbers: LibraryNumbers.Numbers
  ) async throws(LibraryError) -> WebResponse {
    let listing = try await visit.reader.lists.listing(asked, plan, in: visit.library)
    let window = PageWindow(visit.request.query, of: listing.count)
    let hits = try await listing.hits(window.places)
    let pages = PageLinks(
      visit: visit, fields: [("q", asked.text), ("sort", asked.sort)], window: window)
    let rows = hits.map { ListRow(visit: visit, asked: asked, hit: $0).markup }.joined()
    let list: Markup = """
      <ol id="list" class="articles" start="\(window.places.lowerBound + 1)">
      \(rows)</ol>

      """
    let content: Markup =
      hits.isEmpty
      ? empty(asked, numbers)
      : visit.isReadOnly ? list : visit.form("list", "mark", name: "rows", list)
    return frame(asked, numbers).page(
      head(asked) + position(window.places, listing.count) + content + (pages.markup ?? .nothing)
        + ViewForm(visit, asked, numbers).markup
    )
  }

  /// Which of how many are shown.
  private func position(_ places: Range<Int>, _ count: Int) -> Markup {
    guard count > 0 else { return .nothing }
    let text: Phrase =
      places.count == count
      ? .articles(count) : .places(places.lowerBound + 1, places.upperBound, count)
    return "<p class=\"position\" role=\"status\">\(visit.words(text))</p>\n"
  }

  private func frame(
    _ asked: ListQuery, _ numbers: LibraryNumbers.Numbers, refreshSeconds: Int? = nil
  ) -> PageFrame {
    PageFrame(
      visit: visit, title: title(of: asked), section: .list,
      aside: Sidebar(visit: visit, numbers: numbers, shown: asked.text).markup,
      refreshSeconds: refreshSeconds)
  }

  private func head(_ asked: ListQuery, error: LibraryError? = nil) -> Markup {
    """
    <h1>\(title(of: asked))</h1>
    \(QueryForm(visit: visit, asked: asked, error: error).markup)
    """
  }

  private func title(of asked: ListQuery) -> String {
    switch asked.text {
    case "": visit.words(.unread)
    case ListQuery.all: visit.words(.all)
    case "is:starred": visit.words(.starred)
    case "is:archived": visit.words(.archived)
    default: asked.text
    }
  }

  private func empty(_ asked: ListQuery, _ numbers: LibraryNumbers.Numbers) -> Markup {
    if numbers.all + numbers.archived == 0 {
      let add: Markup = "<a href=\"\(visit.address("add"))\">\(visit.words(.addSome))</a>"
      return
        "<p class=\"empty\">\(visit.words(.emptyLibrary)) \(visit.isReadOnly ? nil : add)</p>\n"
    }
    return """
      <p class="empty">\(visit.words(asked.text.isEmpty ? .nothingUnread : .nothingFound))</p>

      """
  }

  private func indexing(_ progress: WorkProgress?) -> Markup {
    let (done, total) = (progress?.done ?? 0, progress?.total ?? 0)
    let bar: Markup? =
      total == 0
      ? nil
      : "<progress max=\"\(total)\" value=\"\(done)\">\(visit.words(.of(done, total)))</progress>\n"
    return """
      <p class="empty" role="status">\(visit.words(.indexing)) \
      \(total == 0 ? "" : visit.words(.of(done, total)))</p>
      \(bar)
      """
  }
}

extension LibraryError {
  /// Whether it says that a query cannot be answered, so that the box is shown again.
  var isOfQuery: Bool {
    switch self {
    case .filter, .query: true
    default: false
    }
  }
}

extension Phrase {
  static let nothingUnread = Phrase("Nothing is unread.", "没有未读文章。")
  static let nothingFound = Phrase("No articles match.", "没有符合条件的文章。")
  static let emptyLibrary = Phrase("There are no articles yet.", "文库里还没有文章。")
  static let addSome = Phrase("Add some.", "添加文章")
  static let indexing = Phrase(
    "The search index is being built; this page goes on by itself.",
    "正在建立搜索索引，完成后本页会自动显示结果。")

  static func of(_ done: Int, _ total: Int) -> Phrase {
    Phrase(
      "\(Wording.number(done)) of \(Wording.number(total))",
      "\(Wording.number(done)) / \(Wording.number(total))")
  }
}
