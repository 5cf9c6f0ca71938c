import ArgumentParser
import Files
import Foundation
import Satchel

/// The options every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: [.customShort("L"), .long], help: "The library's folder.", completion: .directory)
  var library: FilePath?

  @Flag(help: "Print JSON: one object for a query, lines for long work.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print only what was asked for and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print more.")
  var verbose = false

  @Option(help: "Colors and styles; else as the setting color says, else auto.")
  var color: ColorMode?

  @Option(help: "How progress is shown on stderr.")
  var progress = ProgressMode.auto

  @Flag(help: "Never ask; the tool never does without a terminal.")
  var noInput = false

  enum ColorMode: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  enum ProgressMode: String, ExpressibleByArgument, CaseIterable {
    case auto, plain, json, none
  }

  func validate() throws {
    // It would be the default one, which a variable that is not set should not name.
    if library?.isEmpty == true { throw ValidationError("A library's folder has a name.") }
  }

  /// -L, else $SATCHEL_LIBRARY, else $XDG_DATA_HOME/satchel/default.
  var folder: FilePath { GlobalOptions.folder(named: library) }

  /// The folder of the library that is named, or of the usual one.
  static func folder(named library: FilePath?) -> FilePath {
    if let path = library ?? .variable("SATCHEL_LIBRARY", orRelative: true), !path.isEmpty {
      return path.absolute
    }
    let data = FilePath.variable("XDG_DATA_HOME") ?? FilePath.home.pushing(".local/share")
    return data.pushing("satchel/default")
  }

  var console: Console { Console(self) }

  /// Opens the library. With `dryRun`, edits and imports through it change nothing.
  func open(dryRun: Bool = false) async throws -> Library {
    // A command does one thing.
    let library = try await open(maximumReaders: 0)
    // All that a command writes is undone together.
    let acting = library.acting(as: Arguments.shown)
    return dryRun ? acting.dryRun : acting
  }

  /// Opens the library for one that answers many at once, and does what they say.
  func openToServe() async throws -> Library {
    try await open(maximumReaders: Library.Options().maximumReaders)
  }

  private func open(maximumReaders: Int) async throws -> Library {
    var options = Library.Options()
    options.asksNothing = noInput
    let console = console
    options.maximumReaders = maximumReaders
    options.onNotice = { notice in
      if case .secretExposed = notice {
        console.warn("\(notice)")
      } else {
        console.note("\(notice)")
      }
    }
    return try await Library.open(at: folder, options: options)
  }
}

/// `-n`, on whatever changes anything.
struct DryRun: ParsableArguments {
  @Flag(name: [.customShort("n"), .long], help: "Say what would change, and change nothing.")
  var dryRun = false
}
