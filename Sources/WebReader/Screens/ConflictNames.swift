import Satchel

/// What conflicts' articles, highlights and writers are called.
struct ConflictNames {
  /// By the entity that is in conflict; nothing for one that is neither an article nor a highlight.
  private var subjects: [EntityID: Subject] = [:]
  private let replicas: [PeerStatus]

  /// The article that a conflict is of, or whose highlight.
  struct Subject: Sendable {
    let articleID: String
    let title: String
    /// The words of the highlight.
    var quote: String?
    var language: String?
  }

  init(of conflicts: [Conflict], _ library: Library) async throws(LibraryError) {
    replicas = try await library.replicas()
    for entity in Set(conflicts.map(\.register.entity)) {
      subjects[entity] = try await ConflictNames.subject(entity, library)
    }
  }

  private static func subject(
    _ entity: EntityID, _ library: Library
  ) async throws(LibraryError) -> Subject? {
    switch entity.kind {
    case .article: return try await subject(ArticleID(key: entity.key), library)
    case .highlight:
      guard let row = try await library.highlight(HighlightID(key: entity.key)),
        var subject = try await subject(row.highlight.article, library)
      else { return nil }
      subject.quote = String(row.highlight.anchor.quote.prefix(300))
      return subject
    default: return nil
    }
  }

  private static func subject(
    _ id: ArticleID, _ library: Library
  ) async throws(LibraryError) -> Subject? {
    guard let row = try await library.article(id) else { return nil }
    return Subject(
      articleID: row.shortID, title: row.article.heading,
      language: row.article.language)
  }

  func subject(of conflict: Conflict) -> Subject? { subjects[conflict.register.entity] }

  /// What the replica is called that wrote an operation.
  func writer(of operation: LoggedOperation) -> String { replicas.name(of: operation.dot.replica) }
}
