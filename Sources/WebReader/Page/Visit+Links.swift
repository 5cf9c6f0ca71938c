import Satchel

/// What pages have in common that leads to other pages, and to actions.
extension Visit {
  /// A list's address.
  func list(_ query: String, sort: String = "", from: Int = 1) -> String {
    address(fields: ["q": query, "sort": sort, "from": from > 1 ? "\(from)" : nil])
  }

  /// The articles that one name means, as a query.
  static func query(tag: String) -> String { "\(ArticleFilter.tag(FilterName(tag)))" }
  static func query(site: String) -> String { "\(ArticleFilter.site(FilterName(site)))" }

  func text(_ phrase: Phrase) -> Markup { "\(words(phrase))" }
}
