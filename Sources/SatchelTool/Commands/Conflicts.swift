import ArgumentParser
import Satchel

struct Conflicts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conflicts",
    abstract: "List what was written at the same time elsewhere and is not shown.",
    discussion: """
      Nothing of it is lost: satchel restore ID FIELD --conflict N shows it again, and satchel note \
      ID -e opens all that was written of a note, to make one of it. N names what is not shown, and \
      stays the same whatever is merged.

      Long texts are compared line by line: - is shown, + is not.
      """)

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let conflicts = try await library.conflicts()
    var pages = conflicts.makeAsyncIterator()
    if options.json {
      var array = JSONArray("conflicts")
      while let page = try await pages.nextPage() {
        let names = try await EntityNames(page.map(\.register.entity), library)
        for conflict in page {
          array.append(
            ConflictJSON(conflict, name: conflicts.name(of: conflict), names),
            holding: [conflict.kept.value, conflict.lost.value])
        }
      }
      return array.end()
    }
    let replicas = try await ReplicaNames(library)
    try await options.console.paged { output in
      while let page = try await pages.nextPage() {
        let names = try await EntityNames(page.map(\.register.entity), library)
        let titles = try await library.titles(
          of: Set(page.map { ArticleID(key: $0.register.entity.key) }))
        for conflict in page {
          let text = ConflictText(
            conflict, name: conflicts.name(of: conflict),
            id: names.id(of: conflict.register.entity),
            title: titles[ArticleID(key: conflict.register.entity.key)], replicas)
          for line in text.lines { try output.print(line) }
        }
      }
    }
    if conflicts.count == 0 { options.console.say("No conflicts.") }
  }
}

/// The keys are promised: change none.
private struct ConflictJSON: Encodable {
  let n: String
  let id: String
  let field: String
  let kept: Side
  let lost: Side

  struct Side: Encodable {
    let replica: String
    let stamp: String
    let time: String
    let field: String
    let value: ValueJSON
  }

  init(_ conflict: Conflict, name: String, _ names: EntityNames) {
    n = name
    id = names.id(of: conflict.register.entity)
    field = conflict.register.field.name
    (kept, lost) = (Side(conflict, \.kept), Side(conflict, \.lost))
  }
}

extension ConflictJSON.Side {
  fileprivate init(_ conflict: Conflict, _ side: KeyPath<Conflict, LoggedOperation>) {
    let operation = conflict[keyPath: side]
    replica = operation.dot.replica.description
    stamp = String(operation.stamp.rawValue)
    time = Text.time(milliseconds: operation.stamp.milliseconds)
    field = operation.register.field.name
    value = ValueJSON(operation.value)
  }
}
