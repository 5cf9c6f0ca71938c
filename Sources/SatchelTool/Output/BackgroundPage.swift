import Files
import Foundation
import Processes
import Satchel
import WebReader

/// A page that this tool starts and leaves running.
enum BackgroundPage {
  static let failure = ErrorReport(
    code: ExitCode.failed.rawValue, message: "the reader's page could not be started.",
    hint: "satchel web says why.")

  /// Starts one of a library, and waits until it listens.
  static func start(of library: Library) async throws -> RunningPage {
    let ends = try PipeEnds()
    defer { close(ends.reading) }
    do {
      // With it open here too, nobody would see the pipe's end.
      defer { close(ends.writing) }
      _ = try DetachedProcess(
        program, ["-L", library.folder.text, "web", "--json", "--no-input"], output: ends.writing)
    }
    // It says that it listens, or ends.
    _ = FileHandle(fileDescriptor: ends.reading).availableData
    guard let page = RunningPage(of: library.folder) else { throw failure }
    return page
  }

  /// This very program.
  private static var program: String {
    Foundation.Bundle.main.executablePath ?? CommandLine.arguments[0]
  }
}
