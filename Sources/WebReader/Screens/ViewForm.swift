import Satchel

/// Below a list: keeps its query as a view, or takes the view away that is shown.
struct ViewForm {
  let visit: Visit
  let asked: ListQuery
  let numbers: LibraryNumbers.Numbers

  init(_ visit: Visit, _ asked: ListQuery, _ numbers: LibraryNumbers.Numbers) {
    (self.visit, self.asked, self.numbers) = (visit, asked, numbers)
  }

  var markup: Markup {
    if let view = numbers.views.first(where: { "@\($0.name)" == asked.text }) {
      return remove(view)
    }
    return asked.text.isEmpty || asked.text.hasPrefix("@")
      ? .nothing : ViewForm.keeping(asked, named: "", visit)
  }

  /// Keeps a query, under the name that was typed.
  static func keeping(_ asked: ListQuery, named name: String, _ visit: Visit) -> Markup {
    visit.form(
      "views", "add", name: "view",
      """
      <input type="hidden" name="query" value="\(asked.text)">
      <input type="hidden" name="sort" value="\(asked.sort)">
      <label for="view-name">\(visit.words(.keepAsView))</label>
      <input id="view-name" name="name" value="\(name)" required \
      maxlength="\(ArticleView.maximumNameBytes)" autocomplete="off">
      <button>\(visit.words(.keepView))</button>

      """)
  }

  private func remove(_ view: ArticleView) -> Markup {
    visit.form(
      "views", "remove", name: "view",
      """
      <p>\(visit.words(.viewFinds)) <code>\(view.query)</code></p>
      <input type="hidden" name="name" value="\(view.name)">
      <button>\(visit.words(.removeView))</button>

      """)
  }
}

extension Phrase {
  static let keepAsView = Phrase("Keep this query as a view named", "将此查询保存为视图，名称")
  static let keepView = Phrase("Keep", "保存")
  static let viewFinds = Phrase("This view finds", "此视图的查询：")
  static let removeView = Phrase("Remove the view", "移除视图")
}
