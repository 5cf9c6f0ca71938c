import Files
import Foundation
import Processes
import TestSupport

/// A program that listens on a loopback port of the system's choosing, and that ends with this
/// process, whatever ends it.
final class LocalServer: Sendable {
  let port: Int
  /// Its end is what the program waits for.
  private let lifeline: Int32
  private let log: TemporaryFolder

  struct NoAnswer: Error {
    let said: String
  }

  /// Starts the program and waits until it names its port, in the first place where `pattern` finds
  /// one in what it prints. Throws ``NoAnswer`` after half a minute.
  init(_ words: [String], portBehind mark: String) throws {
    log = try TemporaryFolder()
    let path = log.url.appendingPathComponent("log").path
    let output = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(output) }
    let ends = try PipeEnds()
    defer { close(ends.reading) }
    lifeline = ends.writing
    let script = #""$@" </dev/null & cat >/dev/null; kill $!; wait $!"#
    _ = try ChildProcess(
      "/bin/sh", ["-c", script, "sh"] + words,
      ChildProcess.Streams(input: ends.reading, output: output, messages: output))
    port = try LocalServer.port(behind: mark, in: path)
  }

  deinit { close(lifeline) }

  private static func port(behind mark: String, in path: String) throws -> Int {
    var said = ""
    for _ in 0..<600 {
      said = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
      // Behind the digits something must follow, or there may be more of them.
      if let start = said.range(of: mark)?.upperBound,
        case let digits = said[start...].prefix(while: \.isNumber), let port = Int(digits),
        digits.endIndex < said.endIndex
      {
        return port
      }
      usleep(50_000)
    }
    throw NoAnswer(said: said)
  }
}

/// Programs in the search path.
enum InstalledProgram {
  static func isHere(_ name: String) -> Bool { path(of: name) != nil }

  static func path(of name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
