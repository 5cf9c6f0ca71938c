import Foundation

/// The system's Python, for programs that were written from the specification alone.
package enum Python {
  /// What one run said.
  package struct Answer {
    package let code: Int32
    package let output: String
    package let errors: String
  }

  /// Where it lies; nil where there is none.
  package static let interpreter: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/python3" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  package static var isPresent: Bool { interpreter != nil }

  /// Runs a script with its arguments.
  ///
  /// Both streams go to files in a folder, which no reader has to empty.
  package static func run(_ script: [String], in folder: URL) throws -> Answer {
    let process = Process()
    process.executableURL = URL(filePath: interpreter ?? "")
    process.arguments = script
    let name = UUID().uuidString
    let (output, errors) = (folder.appending(path: "\(name).out"), folder.appending(path: name))
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Answer(
      code: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}
