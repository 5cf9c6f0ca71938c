import ArgumentParser
import Foundation
import Satchel

struct Log: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List the operations the log still holds, the newest last.")

  @Argument(help: "Only of this article.") var article: String?
  @Option(help: "Only by this replica.") var replica: String?
  @Option(help: "Only since this time (2026-03-13, or with T09:30:00Z).") var since: String?
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let id: ArticleID? =
      if let article { try await library.article(article).id } else { nil }
    let writer: ReplicaID? =
      if let replica { try await library.replica(named: replica).replica } else { nil }
    let entries = try await library.log(
      of: id, replica: writer, since: try since.map { try Moment.milliseconds(of: $0) } ?? 0)
    let console = options.console
    if options.json { return console.json(["operations": entries.map { OperationJSON($0) }]) }
    let names = try await Dictionary(
      library.replicas().map { ($0.replica, $0.name ?? "unnamed") },
      uniquingKeysWith: { first, _ in first })
    try await console.paged { page in
      for entry in entries { try page.print(line(entry, names)) }
    }
  }

  private func line(_ entry: LogEntry, _ names: [ReplicaID: String]) -> String {
    let operation = entry.operation
    let name = names[operation.dot.replica] ?? "?"
    let text =
      "\(Text.time(milliseconds: operation.stamp.milliseconds))  \(name)  "
      + "\(EntityText.text(of: operation.register.entity))  \(operation.register.field.name) = "
      + "\(ValueText.text(of: operation.value))"
    return TerminalEscape.escaped(text) + (entry.isWinner ? "" : "  (superseded)")
  }
}

/// A time on the command line.
enum Moment {
  static func milliseconds(of text: String) throws -> Int64 {
    let formatter = ISO8601DateFormatter()
    let full = text.contains("T") ? text : "\(text)T00:00:00Z"
    guard let date = formatter.date(from: full) else {
      throw ValidationError("\(text) is not a time like 2026-03-13 or 2026-03-13T09:30:00Z.")
    }
    return Int64(date.timeIntervalSince1970 * 1_000)
  }
}
