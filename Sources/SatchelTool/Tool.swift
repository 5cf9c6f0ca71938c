import ArgumentParser
import Foundation
import Satchel

/// The `satchel` program: parses, runs, and turns every outcome into a line and an exit code.
@main
struct Tool {
  static func main() async {
    Memory.keepLittle()
    let arguments = ArgumentOrder.withExclusions(
      ArgumentOrder.hoisted(Array(CommandLine.arguments.dropFirst())))
    let console = Console(rawArguments: arguments)
    do {
      try await Interruption.run {
        var command = try SatchelCommand.parsed(arguments)
        if var command = command as? any AsyncParsableCommand {
          try await command.run()
        } else {
          try command.run()
        }
      }
    } catch {
      Tool.end(error, console)
    }
  }

  /// Never returns: prints what there is to say and exits with the documented code.
  private static func end(_ error: any Error, _ console: Console) -> Never {
    if let outcome = error as? Outcome { exit(outcome.code) }
    if let error = error as? LibraryError {
      let report = ErrorReport(error)
      console.fail(report)
      exit(report.code)
    }
    let code = SatchelCommand.exitCode(for: error)
    guard code == .validationFailure, console.isJSON else { SatchelCommand.exit(withError: error) }
    console.fail(
      ErrorReport(code: code.rawValue, message: SatchelCommand.message(for: error), hint: nil))
    exit(code.rawValue)
  }
}

/// Every command says its name: taking it from its type costs a fifth of the start of the tool.
struct SatchelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "satchel",
    abstract: "A library of articles that several machines share without a server.",
    discussion: """
      A library is a folder: -L DIR, else $SATCHEL_LIBRARY, else \
      $XDG_DATA_HOME/satchel/default.
      """,
    version: "satchel 0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Start", subcommands: [Init.self, Invite.self, Join.self, Status.self, Replica.self]),
      CommandGroup(
        name: "Content",
        subcommands: [
          Add.self, Import.self, Remove.self, List.self, Search.self, Show.self,
        ]),
      CommandGroup(
        name: "Reading",
        subcommands: [MarkCommand.self, ProgressCommand.self, Rate.self, Tag.self, Note.self]),
      CommandGroup(
        name: "Sync",
        subcommands: [Sync.self, Serve.self, Remote.self, Bundle.self, Merge.self]),
      CommandGroup(
        name: "History", subcommands: [Log.self, Conflicts.self, Restore.self]),
      CommandGroup(name: "Care", subcommands: [Check.self, Compact.self]),
    ])
}

extension SatchelCommand {
  /// The command that the arguments spell.
  ///
  /// One that the first words name is parsed alone, which spares the tree of all commands. Help and
  /// errors come from the tree, which knows the whole usage.
  fileprivate static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    var command: any ParsableCommand.Type = SatchelCommand.self
    var rest = arguments[...]
    while let name = rest.first, let next = command.configuration.subcommand(name) {
      command = next
      rest.removeFirst()
    }
    guard command.configuration.subcommands.isEmpty, let parsed = try? command.parse(Array(rest))
    else { return try parseAsRoot(arguments) }
    return parsed
  }
}

extension CommandConfiguration {
  fileprivate func subcommand(_ name: String) -> (any ParsableCommand.Type)? {
    subcommands.first { $0.configuration.commandName == name }
  }
}

/// How the C library's allocator is set.
enum Memory {
  /// glibc learns to keep blocks of megabytes for reuse, and gives each thread an arena whose room
  /// no other thread gets; for each a merge's peak was a tenth higher. Large blocks go back to the
  /// system, and all threads share one arena.
  static func keepLittle() {
    #if canImport(Glibc)
      // Its header is in no module of Swift's; from <malloc.h>: M_TRIM_THRESHOLD is -1,
      // M_MMAP_THRESHOLD -3 and M_ARENA_MAX -8. Setting one threshold alone leaves the other so low
      // that smaller blocks go and come all the time.
      typealias Mallopt = @convention(c) (Int32, Int32) -> Int32
      guard let symbol = dlsym(nil, "mallopt") else { return }
      let mallopt = unsafeBitCast(symbol, to: Mallopt.self)
      _ = mallopt(-3, 1 << 20)
      _ = mallopt(-1, 1 << 20)
      _ = mallopt(-8, 1)
    #endif
  }
}

/// Ctrl-C, or a request to end: the work under way is cancelled, what it committed stays, and the
/// tool exits with 130.
enum Interruption {
  /// Runs `body` in a task that the signals cancel. What does not heed that in five seconds, and a
  /// second signal, end the process: SQLite's journal keeps the library valid then too.
  static func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task(operation: body)
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if task.isCancelled { _exit(Outcome.interrupted.code) }
        task.cancel()
        DispatchQueue.global().asyncAfter(deadline: .now() + 5) {
          _exit(Outcome.interrupted.code)
        }
      }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    try await task.value
  }
}
