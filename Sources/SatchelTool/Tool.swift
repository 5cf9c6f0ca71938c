import ArgumentParser
import Foundation
import Processes
import Satchel

/// The `satchel` program: parses, runs, and turns every outcome into a line and an exit code.
@main
struct Tool {
  static func main() {
    Output.reserveStreams()
    // A pipe that closes is an error like another, and not the end.
    signal(SIGPIPE, SIG_IGN)
    Memory.keepLittle()
    Interruption.run {
      var command = try SatchelCommand.parsed(arguments)
      try Arguments.check(command, parsedFrom: arguments)
      Output.kind = CommandKind(command)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } end: {
      Tool.end($0)
    }
  }

  private static let arguments = ArgumentOrder.withExclusions(
    ArgumentOrder.withColours(ArgumentOrder.hoisted(Arguments.given)))
  private static let console = Console(rawArguments: Arguments.given)

  /// Prints what there is to say of how the command ended, and ends with the documented code.
  static func end(_ error: (any Error)?) -> Never {
    ChildProcess.killAll()
    Output.wipeProgress()
    let code = code(telling: error)
    // An error stands, whatever became of the data.
    guard error == nil || error is Outcome || code == 0 else { exit(code) }
    if let number = Output.dataError {
      let reason = number == EBADF ? "it is closed" : String(cString: strerror(number))
      console.fail(
        ErrorReport(
          code: Outcome.unwritable.code,
          message: "cannot write the output: \(reason). \(Output.kind.whatWasDone)", hint: nil))
      exit(Outcome.unwritable.code)
    }
    exit(Output.messageError != nil && code == 0 ? Outcome.unwritable.code : code)
  }

  private static func code(telling error: (any Error)?) -> Int32 {
    guard let error else { return 0 }
    switch error {
    case let outcome as Outcome: return outcome.code
    case let report as ErrorReport: return tell(report)
    // Of an answer nothing is left to be done.
    case LibraryError.cancelled where Output.kind == .query,
      is CancellationError where Output.kind == .query:
      return Outcome.interrupted.code
    case is CancellationError: return tell(ErrorReport(LibraryError.cancelled))
    case let error as LibraryError: return tell(ErrorReport(error))
    default:
      let code = SatchelCommand.exitCode(for: error)
      if code == .validationFailure, console.isJSON {
        // The last line says where help is.
        let hint = SatchelCommand.fullMessage(for: error).split(separator: "\n").last
          .map { $0.trimmingCharacters(in: .whitespaces) }
        return tell(
          ErrorReport(
            code: code.rawValue, message: SatchelCommand.message(for: error), hint: hint))
      }
      let text = SatchelCommand.fullMessage(for: error)
      if code == .success {
        // Help and completions are answers.
        Output.kind = .query
        if !text.isEmpty { Output.print("\(text)\n") }
      } else if !text.isEmpty {
        // The parser's errors begin like ours.
        let prefix = "Error: "
        let rest = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]
        Output.tell("satchel: \(rest)\n")
      }
      return code.rawValue
    }
  }

  private static func tell(_ report: ErrorReport) -> Int32 {
    console.fail(report)
    return report.code
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
          Add.self, Import.self, Export.self, Remove.self, Keep.self, Evict.self, Fetch.self,
          List.self, Search.self, Show.self,
        ]),
      CommandGroup(
        name: "Reading",
        subcommands: [
          Next.self, MarkCommand.self, ProgressCommand.self, Rate.self, Tag.self, Note.self,
          HighlightCommand.self, TitleCommand.self, View.self, Share.self,
        ]),
      CommandGroup(name: "Reader", subcommands: [Web.self, Open.self]),
      CommandGroup(
        name: "Sync",
        subcommands: [Sync.self, Serve.self, Remote.self, Bundle.self, Merge.self]),
      CommandGroup(
        name: "History", subcommands: [Log.self, Conflicts.self, Restore.self, Undo.self]),
      CommandGroup(
        name: "Care", subcommands: [Check.self, Compact.self, Backup.self, Stats.self]),
      CommandGroup(name: "Other", subcommands: [Config.self, Completions.self]),
    ])
}

extension SatchelCommand {
  /// The command that the arguments spell.
  ///
  /// One that the first words name is parsed alone, which spares the tree of all commands. Help and
  /// errors come from the tree, which knows the whole usage.
  fileprivate static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    if arguments.first == "help" { try CommandNames.help(Array(arguments.dropFirst())) }
    let (command, rest) = CommandNames.resolved(arguments)
    guard command.configuration.subcommands.isEmpty else {
      if let word = rest.first, !word.hasPrefix("-") {
        try CommandNames.refuse(unknown: word, of: command)
      }
      return try parseAsRoot(arguments)
    }
    return try (try? command.parse(rest)) ?? parseAsRoot(arguments)
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
