import ArgumentParser
import Satchel

struct Conflicts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conflicts",
    abstract: "List what was written at the same time elsewhere and is not shown.")

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let conflicts = try await library.conflicts()
    let console = options.console
    if options.json {
      return console.json([
        "conflicts": conflicts.enumerated().map { ConflictJSON($0.element, number: $0.offset + 1) }
      ])
    }
    let names = try await Dictionary(
      library.replicas().map { ($0.replica, $0.name ?? "unnamed") },
      uniquingKeysWith: { first, _ in first })
    for (offset, conflict) in conflicts.enumerated() {
      let entity = EntityText.text(of: conflict.register.entity)
      console.print("\(offset + 1). \(entity)  \(conflict.register.field.name)")
      for (word, side) in [("kept", conflict.kept), ("lost", conflict.lost)] {
        let name = names[side.dot.replica] ?? "?"
        let time = Text.time(milliseconds: side.stamp.milliseconds)
        let value = "\(side.register.field.name): \(ValueText.text(of: side.value))"
        console.print("   \(word)  " + TerminalEscape.escaped("\(name), \(time), \(value)"))
      }
    }
    if conflicts.isEmpty { return console.say("No conflicts.") }
    console.say("To show a lost side again: satchel restore ID FIELD --conflict N")
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

  init(_ conflict: Conflict, number: Int) {
    n = number
    let entity = conflict.register.entity
    id =
      entity.kind == .article ? ArticleID(key: entity.key).description : EntityText.text(of: entity)
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
