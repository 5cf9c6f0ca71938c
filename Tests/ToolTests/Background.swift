import Foundation
import Testing

/// A process that runs while its test goes on. The world it runs in ends it, by its id, at the
/// latest when the test is over.
final class Background {
  let process: Process
  private let files: [URL]

  /// Starts `process`; what it prints goes into files in `folder`.
  init(_ process: Process, in folder: URL) throws {
    self.process = process
    files = ["out", "err"].map {
      folder.appendingPathComponent("background-\(UUID().uuidString).\($0)")
    }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    if process.standardInput == nil { process.standardInput = FileHandle.nullDevice }
    try process.run()
  }

  deinit { end() }

  var output: String { text(files[0]) }
  var messages: String { text(files[1]) }

  private func text(_ file: URL) -> String {
    String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Ends it unless it has ended.
  func end() {
    guard process.isRunning else { return }
    signal(SIGKILL)
    process.waitUntilExit()
  }

  /// Waits until `condition` holds, and fails the test where it has not within `seconds`.
  func wait(
    _ what: String, seconds: Int = 30, sourceLocation: SourceLocation = #_sourceLocation,
    until condition: () throws -> Bool
  ) throws {
    for _ in 0..<(seconds * 50) {
      if try condition() { return }
      usleep(20_000)
    }
    try #require(
      try condition(), "\(what): not within \(seconds) s\n\(output)\(messages)",
      sourceLocation: sourceLocation)
  }

  /// Its exit code, once it has ended by itself.
  @discardableResult
  func exitCode(
    seconds: Int = 30, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Int32 {
    try wait("the end", seconds: seconds, sourceLocation: sourceLocation) {
      !process.isRunning
    }
    return process.terminationStatus
  }

  /// Fails the test for another exit code.
  func expect(
    _ code: Int32, seconds: Int = 30, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let ended = try exitCode(seconds: seconds, sourceLocation: sourceLocation)
    #expect(
      ended == code && process.terminationReason == .exit, "exit \(ended)\n\(output)\(messages)",
      sourceLocation: sourceLocation)
  }

  /// Waits until its progress, printed by `--progress plain`, is at `percent` or more.
  func progress(
    _ percent: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try wait("\(percent) %", seconds: 60, sourceLocation: sourceLocation) {
      messages.split(separator: "\n").contains { line in
        let words = line.split(separator: " ")
        return words.last == "%" && words.dropLast().last.flatMap { Int($0) } ?? 0 >= percent
      }
    }
  }
}
