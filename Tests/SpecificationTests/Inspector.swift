import Foundation

/// `Examples/inspect-bundle.py`, run with the system's Python.
enum Inspector {
  /// What one run said.
  struct Answer {
    let code: Int32
    let output: String
    let errors: String
  }

  static let python: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/python3" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static var isPresent: Bool { python != nil }

  /// Both streams go to files, which no reader has to empty.
  static func run(_ arguments: [String], in folder: URL) throws -> Answer {
    try run(script: [Repository.inspector.path] + arguments, in: folder)
  }

  /// Another script and its arguments.
  static func run(script arguments: [String], in folder: URL) throws -> Answer {
    let process = Process()
    process.executableURL = URL(filePath: python ?? "")
    process.arguments = arguments
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

  /// A bundle as the inspector's `--json` tells it.
  struct Bundle: Decodable {
    let header: Header
    let frames: [Frame]
    let operations: [Operation]
    let bodies: [Body]
    let fingerprint: String?

    struct Header: Decodable {
      let sender: String
      let name: String
      let fingerprint: String
    }

    struct Frame: Decodable {
      let kind: Int
      let stored: Int
      let inflated: Int
    }

    struct Operation: Decodable, Hashable {
      let replica: String
      let sequence: UInt64
      let stamp: String
      let kind: UInt32
      let entity: String
      let field: String
      let canonical: String
      let context: [String: UInt64]?
    }

    struct Body: Decodable {
      let hash: String
      let length: Int
      let whole: Bool
    }
  }
}
