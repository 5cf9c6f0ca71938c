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

  @Argument(help: "An id or an address; of a conflict, a highlight's id too.") var article: String
  @Argument(help: "The field, as satchel log shows it; without one, the article.")
  var field: String?
  @Option(help: "The stamp of an operation that satchel log lists.") var to: UInt64?
  @Option(help: "The number of a conflict that satchel conflicts lists.") var conflict: Int?
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
    _ field: String, conflict number: Int, _ library: Library
  ) async throws -> Change {
    guard number > 0, let conflict = try await library.conflicts().conflict(at: number - 1) else {
      throw LibraryError.noSuchOperation("conflict \(number)")
    }
    // Numbers move as conflicts come and go: the id and field say which was meant.
    let id = ArticleID(key: conflict.register.entity.key)
    let isNamed = id.description.hasPrefix(article.lowercased())
    let isURL = try? await library.articleID(of: article) == id
    guard isNamed || isURL == true, conflict.register.field.name == field else {
      throw LibraryError.noSuchOperation("\(field) of \(article) in conflict \(number)")
    }
    return try await library.restore(conflict)
  }

  /// The conflict of this number; nil where it is none of the highlight that is named.
  private func highlightConflict(
    _ field: String, _ number: Int, _ library: Library
  ) async throws -> Conflict? {
    guard number > 0, let conflict = try await library.conflicts().conflict(at: number - 1),
      conflict.register.entity.kind == .highlight, conflict.register.field.name == field
    else { return nil }
    let prefix = "highlight/"
    let name = article.hasPrefix(prefix) ? article.dropFirst(prefix.count) : article[...]
    let id = HighlightID(key: conflict.register.entity.key)
    return id.description.hasPrefix(name.lowercased()) ? conflict : nil
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
