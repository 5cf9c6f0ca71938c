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
    var pages = conflicts.makeAsyncIterator()
    var number = 0
    let console = options.console
    if options.json {
      var array = JSONArray("conflicts")
      while let page = try await pages.nextPage() {
        let names = try await EntityNames(page.map(\.register.entity), library)
        for conflict in page {
          number += 1
          array.append(
            ConflictJSON(conflict, number: number, names),
            holding: [conflict.kept.value, conflict.lost.value])
        }
      }
      return array.end()
    }
    let replicas = try await Dictionary(
      library.replicas().map { ($0.replica, $0.name ?? "unnamed") },
      uniquingKeysWith: { first, _ in first })
    try await console.paged { output in
      while let page = try await pages.nextPage() {
        let names = try await EntityNames(page.map(\.register.entity), library)
        let titles = try await library.titles(
          of: Set(page.map { ArticleID(key: $0.register.entity.key) }))
        for conflict in page {
          number += 1
          for line in lines(conflict, number, names, titles, replicas) { try output.print(line) }
        }
      }
    }
    if conflicts.count == 0 { return console.say("No conflicts.") }
    console.say("To show one that is not shown: satchel restore ID FIELD --conflict N")
  }

  private func lines(
    _ conflict: Conflict, _ number: Int, _ names: EntityNames, _ titles: [ArticleID: String],
    _ replicas: [ReplicaID: String]
  ) -> [String] {
    let entity = conflict.register.entity
    let head = "\(number). \(names.id(of: entity))  \(conflict.register.field.name)"
    let title = titles[ArticleID(key: entity.key)]
    let sides = [("shown", conflict.kept), ("not shown", conflict.lost)].map { word, side in
      let name = replicas[side.dot.replica] ?? "?"
      let time = Text.time(milliseconds: side.stamp.milliseconds)
      let value = "\(side.register.field.name): \(ValueText.listed(side.value))"
      return "   \(word.padded(toColumns: 9))  "
        + TerminalEscape.escaped("\(name), \(time), \(value)")
    }
    return [TerminalEscape.escaped(title.map { "\(head)  \($0)" } ?? head)] + sides
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
