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

  /// A form that posts to an address below the prefix, with its token and where to go when it is done;
  /// nothing where this session changes nothing.
  ///
  /// - Parameters:
  ///   - path: the parts of the address.
  ///   - name: its class, for the style.
  func form(_ path: String..., name: String, _ content: Markup) -> Markup {
    guard !isReadOnly else { return .nothing }
    return """
      <form method="post" action="\(reader.address(path, []))" class="\(name)">\(formFields)
      \(content)</form>

      """
  }

  func text(_ phrase: Phrase) -> Markup { "\(words(phrase))" }
}
