import Articles
import Coding
import GRDB
import Replication

/// Reads views out of the registers: there are few, and each is found by its name (Protocol 10.5).
struct ViewQuery {
  private let db: Database

  init(_ db: Database) {
    self.db = db
  }

  /// The view of this name; nil where there is none.
  func view(named name: String) throws -> ArticleView? {
    let select = try CachedStatement(
      db, "SELECT id FROM entity WHERE kind = \(EntityKind.view.number) AND key = ?")
    let number = try select.first([.identifier(ArticleView.key(of: name))]) { $0.integer(0) }
    guard let number else { return nil }
    return try view(number, key: ArticleView.key(of: name))
  }

  /// All of them, by name.
  func all() throws -> [ArticleView] {
    let select = try CachedStatement(
      db, "SELECT id, key FROM entity WHERE kind = \(EntityKind.view.number) ORDER BY id")
    let entities = try select.all { ($0.integer(0), $0.identifier(1)) }
    var views: [ArticleView] = []
    for case (let number, let key?) in entities {
      if let view = try view(number, key: key) { views.append(view) }
    }
    return views.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private func view(_ number: Int64, key: Identifier) throws -> ArticleView? {
    var registers = try RegisterScan(db)
    defer { registers.close() }
    let interner = try Interner(db)
    var found: [(field: Field, value: Value)] = []
    try registers.walk(of: number) { register, bytes in
      found.append((try interner.field(register.field), try Value(canonical: Array(bytes))))
    }
    return ArticleView(registers: found).flatMap { ArticleView.key(of: $0.name) == key ? $0 : nil }
  }
}

extension ViewQuery {
  /// A query with what views stand for in their places. Throws ``QueryError``.
  ///
  /// - Parameter view: the view whose query it is, to which it must not lead back.
  func expanded(_ filter: ArticleFilter, of view: String? = nil) throws -> ArticleFilter {
    var count = 0
    func expanded(_ filter: ArticleFilter, within names: [String]) throws -> ArticleFilter {
      try filter.expanded { name in
        count += 1
        // Views that name others twice and more would otherwise grow without bounds.
        guard !names.contains(name), count <= ArticleFilter.maximumItems else {
          throw QueryError.loop(view: name)
        }
        guard let view = try self.view(named: name) else { throw QueryError.noSuchView(name) }
        do {
          return try expanded(ArticleFilter(view.query), within: names + [name])
        } catch let error as FilterError {
          throw QueryError.unreadable(view: name, error)
        }
      }
    }
    return try expanded(filter, within: view.map { [$0] } ?? [])
  }
}

extension ArticleView {
  /// The key of the entity of the view of this name.
  package static func key(of name: String) -> Identifier {
    ContentHash(of: preimage(name: name)).first
  }
}
