import ArgumentParser
import Satchel

struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Bring a deleted article back, or show an earlier or a conflicting value again.",
    discussion: """
      satchel restore ID                        brings back what satchel list --deleted shows
      satchel restore ID FIELD --to STAMP       as satchel log ID shows it
      satchel restore ID FIELD --conflict N     as satchel conflicts shows it

      A restored value is a new write that covers all it replaces: resolved here, resolved \
      everywhere after the next exchange.
      """)

  @Argument(
    help: "An id or an address; of a conflict, a highlight's id too.", completion: .articles)
  var article: String
  @Argument(help: "The field, as satchel log shows it; without one, the article.")
  var field: String?
  @Option(help: "The stamp of an operation that satchel log lists.") var to: UInt64?
  @Option(help: "What satchel conflicts calls what is not shown, as d19f-31.")
  var conflict: String?
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard to == nil || conflict == nil, (field == nil) == (to == nil && conflict == nil) else {
      throw ValidationError("Give a field and one of --to and --conflict, or neither.")
    }
    guard article.utf8.count >= 6 else {
      throw ValidationError("\(article) is no id: where something is changed, one has six letters.")
    }
  }

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    guard let field else {
      let change = try await library.restore([library.articleToRestore(article).id])
      return try await options.tell(
        dryRun, library, done: "Restored", would: "Would restore", change)
    }
    if let conflict, let found = try await highlightConflict(field, conflict, library) {
      let change = try await library.setNote(
        HighlightID(key: found.register.entity.key), found.lost.value.text ?? "", over: found.shown)
      return try await options.tell(
        dryRun, library, done: "Restored \(field) of",
        would: "Would restore \(field) of 1 highlight", change)
    }
    let change =
      if let conflict {
        try await restore(field, conflict: conflict, library)
      } else {
        try await restore(field, stamp: to ?? 0, library)
      }
    try await options.tell(
      dryRun, library, done: "Restored \(field) of", would: "Would restore \(field) of", change)
  }

  private func restore(
    _ field: String, conflict name: String, _ library: Library
  ) async throws -> Change {
    let found = try await library.conflicts().conflicts(named: name)
    guard !found.isEmpty else { throw LibraryError.noSuchOperation("conflict \(name)") }
    let named = try? await library.articleID(of: article)
    let meant = found.filter { conflict in
      let id = ArticleID(key: conflict.register.entity.key)
      return conflict.register.field.name == field
        && (id == named || id.description.hasPrefix(article.lowercased()))
    }
    guard let conflict = meant.first else {
      throw LibraryError.noSuchOperation("\(field) of \(article) in conflict \(name)")
    }
    guard Set(meant.map(\.id)).count == 1 else {
      throw LibraryError.invalid("\(name) names several conflicts: type more of its first part")
    }
    return try await library.restore(conflict)
  }

  /// The conflict of this name; nil where it is none of the highlight that is named.
  private func highlightConflict(
    _ field: String, _ name: String, _ library: Library
  ) async throws -> Conflict? {
    let prefix = "highlight/"
    let id = article.hasPrefix(prefix) ? article.dropFirst(prefix.count) : article[...]
    return try await library.conflicts().conflicts(named: name).first { conflict in
      let register = conflict.register
      return register.entity.kind == .highlight && register.field.name == field
        && HighlightID(key: register.entity.key).description.hasPrefix(id.lowercased())
    }
  }

  private func restore(
    _ field: String, stamp: UInt64, _ library: Library
  ) async throws -> Change {
    var found: LogEntry?
    for try await entry in try await library.log(of: library.articleID(of: article))
    where entry.operation.register.field.name == field && entry.operation.stamp.rawValue == stamp {
      found = entry
    }
    guard let entry = found else {
      throw LibraryError.noSuchOperation("operation on \(field) stamped \(stamp)")
    }
    return try await library.restore(entry)
  }
}
