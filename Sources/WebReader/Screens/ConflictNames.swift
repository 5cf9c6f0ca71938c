import Satchel

/// What conflicts' articles, highlights and writers are called.
struct ConflictNames {
  /// By the entity that is in conflict; nothing for one that is neither an article nor a highlight.
  private var subjects: [EntityID: Subject] = [:]
  private var replicas: [ReplicaID: String] = [:]

  /// The article that a conflict is of, or whose highlight.
  struct Subject: Sendable {
    let articleID: String
    let title: String
    /// The words of the highlight.
    var quote: String?
    var language: String?
  }

  init(of conflicts: [Conflict], _ library: Library) async throws(LibraryError) {
    for replica in try await library.replicas() { replicas[replica.replica] = replica.name }
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
      articleID: row.shortID, title: String(row.article.heading.prefix(200)),
      language: row.article.language)
  }

  func subject(of conflict: Conflict) -> Subject? { subjects[conflict.register.entity] }

  /// What its owner calls the replica that wrote an operation; the beginning of its id where it has no
  /// name.
  func writer(of operation: LoggedOperation) -> String {
    replicas[operation.dot.replica] ?? String(operation.dot.replica.description.prefix(8))
  }
}
