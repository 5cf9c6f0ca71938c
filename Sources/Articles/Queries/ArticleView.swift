import Replication

/// A query that people keep under a name (Protocol 10.5).
public struct ArticleView: Sendable, Hashable, Codable, Identifiable {
  public var id: String { name }
  public let name: String
  /// As it was typed: what a later version wrote may be no query to this one.
  public let query: String
  public let sort: ArticleQuery.Sort
  public let isReversed: Bool

  public init(
    name: String, query: String, sort: ArticleQuery.Sort = .published, isReversed: Bool = false
  ) {
    (self.name, self.query) = (name, query)
    (self.sort, self.isReversed) = (sort, isReversed)
  }

  /// How long a name may be, in bytes of UTF-8.
  public static let maximumNameBytes = Limits.viewNameBytes

  /// Whether a view can have this name.
  public static func isName(_ text: String) -> Bool {
    let first = text.unicodeScalars.first
    return (1...maximumNameBytes).contains(text.utf8.count) && first != "-"
      && text.unicodeScalars.allSatisfy {
        FilterParser.isPartOfWord($0) && !signs.contains($0)
          && $0.properties.generalCategory != .control
      }
  }

  private static let signs: Set<Unicode.Scalar> = ["@", ":", "：", "*", "＊"]
}

extension ArticleQuery.Sort: Codable {}

extension ArticleView {
  /// What is hashed for the entity's identifier, which is the digest's first 16 bytes.
  package static func preimage(name: String) -> [UInt8] {
    Array("satchel view\0".utf8) + Array(name.utf8)
  }

  /// The view that an entity's registers spell; nil where it is none, or deleted.
  package init?(registers: some Sequence<(field: Field, value: Value)>) {
    var (name, query, sort, isDeleted) = ("", "", "", false)
    for (field, value) in registers {
      switch field {
      case ViewField.name: name = value.text ?? ""
      case ViewField.query: query = value.text ?? ""
      case ViewField.sort: sort = value.text ?? ""
      case ViewField.deleted: isDeleted = value.flag ?? false
      default: break
      }
    }
    guard !isDeleted, ArticleView.isName(name) else { return nil }
    let isReversed = sort.hasPrefix("-")
    self.init(
      name: name, query: query,
      sort: ArticleQuery.Sort(rawValue: String(sort.dropFirst(isReversed ? 1 : 0))) ?? .published,
      isReversed: isReversed)
  }

  /// The registers that make the view, or bring it up to date; `key` is its entity's.
  package func edits(for key: Identifier) throws(ReplicationError) -> [Edit] {
    let entity = EntityID(kind: .view, key: key)
    let order = (isReversed ? "-" : "") + sort.rawValue
    return [
      Edit(RegisterID(entity, ViewField.name), try .text(name)),
      Edit(RegisterID(entity, ViewField.query), try .text(query)),
      Edit(RegisterID(entity, ViewField.sort), try .text(order)),
      ArticleView.deletion(of: key, false),
    ]
  }

  /// The register that takes a view away, or says that it is there.
  package static func deletion(of key: Identifier, _ isDeleted: Bool) -> Edit {
    Edit(RegisterID(EntityID(kind: .view, key: key), ViewField.deleted), .flag(isDeleted))
  }
}

/// The registers of a view.
package enum ViewField {
  package static let name = Field("name")
  package static let query = Field("query")
  package static let sort = Field("sort")
  package static let deleted = Field("deleted")
}
