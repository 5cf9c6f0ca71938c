import Foundation
import TestSupport

/// `Examples/inspect-bundle.py`, run with the system's Python.
enum Inspector {
  static func run(_ arguments: [String], in folder: URL) throws -> Python.Answer {
    try Python.run([Repository.inspector.path] + arguments, in: folder)
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
