import ArgumentParser
import Satchel

struct Log: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List the operations the log still holds, the newest last.")

  @Argument(help: "Only of this article.") var article: String?
  @Option(help: "Only by this replica.") var replica: String?
  @Option(help: "Only since this time (2026-03-13, or with T09:30:00Z).") var since: Moment?
  @Option(help: "Show at most so many operations, the newest; 0 for all.") var limit = 50
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is 0 or more.") }
  }

  func run() async throws {
    let library = try await options.open()
    let id: ArticleID? =
      if let article { try await library.articleID(of: article) } else { nil }
    let writer: ReplicaID? =
      if let replica { try await library.replica(named: replica).replica } else { nil }
    let log = try await library.log(
      of: id, replica: writer, since: since?.milliseconds ?? 0, limit: limit == 0 ? nil : limit)
    var entries = log.makeAsyncIterator()
    let console = options.console
    if options.json {
      var array = JSONArray("operations")
      while let page = try await entries.nextPage() {
        let names = try await names(in: page, library)
        for entry in page {
          array.append(OperationJSON(entry, names), holding: [entry.operation.value])
        }
      }
      return array.end()
    }
    let replicas = try await Dictionary(
      library.replicas().map { ($0.replica, $0.name ?? "unnamed") },
      uniquingKeysWith: { first, _ in first })
    try await console.paged { output in
      while let page = try await entries.nextPage() {
        let names = try await names(in: page, library)
        for entry in page { try output.print(line(entry, replicas, names)) }
      }
    }
    if log.listedCount < log.count, !options.quiet {
      console.note(
        "\(Text.number(log.listedCount)) of \(Text.count(log.count, "operation")); --limit 0 shows "
          + "all.")
    }
  }

  private func names(in page: [LogEntry], _ library: Library) async throws -> EntityNames {
    try await EntityNames(page.map(\.operation.register.entity), library)
  }

  private func line(
    _ entry: LogEntry, _ replicas: [ReplicaID: String], _ names: EntityNames
  ) -> String {
    let operation = entry.operation
    let name = replicas[operation.dot.replica] ?? "?"
    let text =
      "\(Text.time(milliseconds: operation.stamp.milliseconds))  \(name)  "
      + "\(names.text(of: operation.register.entity))  \(operation.register.field.name) = "
      + "\(ValueText.listed(operation.value))"
    return TerminalEscape.escaped(text) + mark(entry.standing)
  }

  private func mark(_ standing: LogEntry.Standing) -> String {
    switch standing {
    case .winner: ""
    case .conflict: "  (not shown: satchel conflicts)"
    case .superseded: "  (superseded)"
    }
  }
}
