import ArgumentParser
import Satchel

struct Conflicts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conflicts",
    abstract: "List what was written at the same time elsewhere and is not shown.",
    discussion: "Nothing of it is lost: satchel restore shows it again.")

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let conflicts = try await library.conflicts()
    let names = try await EntityNames(conflicts.map(\.register.entity), library)
    let console = options.console
    if options.json {
      return console.json([
        "conflicts": conflicts.enumerated().map {
          ConflictJSON($0.element, number: $0.offset + 1, names)
        }
      ])
    }
    let replicas = try await Dictionary(
      library.replicas().map { ($0.replica, $0.name ?? "unnamed") },
      uniquingKeysWith: { first, _ in first })
    for (offset, conflict) in conflicts.enumerated() {
      let entity = conflict.register.entity
      let title = try await library.article(ArticleID(key: entity.key))?.article.title
      let head = "\(offset + 1). \(names.id(of: entity))  \(conflict.register.field.name)"
      console.print(TerminalEscape.escaped(title.map { "\(head)  \($0)" } ?? head))
      for (word, side) in [("shown", conflict.kept), ("not shown", conflict.lost)] {
        let name = replicas[side.dot.replica] ?? "?"
        let time = Text.time(milliseconds: side.stamp.milliseconds)
        let value = "\(side.register.field.name): \(ValueText.text(of: side.value))"
        console.print(
          "   \(word.padded(toColumns: 9))  "
            + TerminalEscape.escaped("\(name), \(time), \(value)"))
      }
    }
    if conflicts.isEmpty { return console.say("No conflicts.") }
    console.say("To show one that is not shown: satchel restore ID FIELD --conflict N")
  }
}

/// The keys are promised: change none.
private struct ConflictJSON: Encodable {
  let n: Int
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

  init(_ conflict: Conflict, number: Int, _ names: EntityNames) {
    n = number
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
