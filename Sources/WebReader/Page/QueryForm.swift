import Satchel

/// The box for a query, with the order of what it finds.
struct QueryForm {
  let visit: Visit
  let asked: ListQuery
  /// Why the query in the box is none.
  var error: LibraryError?

  var markup: Markup {
    let words = visit.words
    return """
      <form method="get" action="\(visit.address())" role="search" class="query row">
      <label for="q">\(words(.query))</label>
      <input type="search" id="q" name="q" value="\(asked.text)" placeholder="\(words(.queryExample))" \
      autocomplete="off" autocapitalize="off" spellcheck="false"\(described)>
      <label for="sort">\(words(.order))</label>
      <select id="sort" name="sort">
      \(orders)</select>
      <button>\(words(.search))</button>
      </form>
      \(problem)
      """
  }

  private var orders: Markup {
    var options: Markup = "<option value=\"\">\(visit.words(.ownOrder))</option>\n"
    for order in ListOrder.all {
      let mark: Markup = order.text == asked.sort ? " selected" : ""
      options +=
        "<option value=\"\(order.text)\"\(mark)>\(visit.words(.order(order)))</option>\n"
    }
    return options
  }

  private var described: Markup {
    error == nil ? .nothing : " aria-invalid=\"true\" aria-describedby=\"query-problem\""
  }

  private var problem: Markup {
    guard let error else { return .nothing }
    return .problem(visit.markup(error), id: "query-problem")
  }
}

extension Phrase {
  static let query = Phrase("Query", "查询")
  static let queryExample = Phrase("tea OR coffee is:unread", "茶 OR 咖啡 is:unread")
  static let search = Phrase("Search", "搜索")
  static let order = Phrase("Order", "排序")
  static let ownOrder = Phrase("Default order", "默认顺序")

  static func order(_ order: ListOrder) -> Phrase {
    switch (order.sort, order.isReversed) {
    case (.published, false): Phrase("Newest first", "发布日期，新的在前")
    case (.published, true): Phrase("Oldest first", "发布日期，旧的在前")
    case (.added, false): Phrase("Last added first", "添加时间，新的在前")
    case (.added, true): Phrase("First added first", "添加时间，旧的在前")
    case (.title, false): Phrase("Title", "标题，正序")
    case (.title, true): Phrase("Title, backwards", "标题，倒序")
    case (.site, false): Phrase("Site", "网站，正序")
    case (.site, true): Phrase("Site, backwards", "网站，倒序")
    }
  }
}
