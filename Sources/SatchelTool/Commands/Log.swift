import ArgumentParser
import Satchel

struct Log: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List the operations the log still holds, the newest last.")

  @Argument(help: "Only of this article.", completion: .articles) var article: String?
  @Option(help: "Only by this replica.", completion: .replicas) var replica: String?
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
    let replicas = try await ReplicaNames(library)
    try await console.paged { output in
      while let page = try await entries.nextPage() {
        let names = try await names(in: page, library)
        for line in lines(page, replicas, names) { try output.print(line) }
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

  private func lines(
    _ page: [LogEntry], _ replicas: ReplicaNames, _ names: EntityNames
  ) -> [String] {
    let entities = page.map { TerminalEscape.escaped(names.text(of: $0.operation.register.entity)) }
    let columns = entities.map(\.displayWidth).max() ?? 0
    return zip(page, entities).map { entry, entity in
      let operation = entry.operation
      let name = replicas.name(of: operation.dot.replica)
      let time = Text.time(milliseconds: operation.stamp.milliseconds)
      let text = TerminalEscape.escaped(
        "\(operation.register.field.name) = \(ValueText.listed(operation.value))")
      let mark = mark(entry.standing)
      // For others a line is the same whatever lines stand around it.
      guard Terminal.output.isThere else { return "\(time)  \(name)  \(entity)  \(text)\(mark)" }
      let head =
        "\(time)  \(name.padded(toColumns: replicas.columns))  "
        + "\(entity.padded(toColumns: columns))  "
      let room = options.console.width - head.displayWidth - mark.displayWidth
      // On a very narrow terminal all of it is cut.
      return (head + text.truncated(toColumns: max(8, room)) + mark)
        .truncated(toColumns: options.console.width)
    }
  }

  private func mark(_ standing: LogEntry.Standing) -> String {
    switch standing {
    case .winner: ""
    case .conflict: "  (not shown: satchel conflicts)"
    case .superseded: "  (superseded)"
    }
  }
}
