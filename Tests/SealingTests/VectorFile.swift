import Foundation

/// Reads `Protocol/vectors/sealing.json`.
enum VectorFile {
  /// The cases of one kind, in order.
  static func cases<Case: Decodable>(of kind: String) throws -> [Case] {
    let decoder = JSONDecoder()
    let document = try Data(contentsOf: location)
    let kinds = try decoder.decode(Document<Kind>.self, from: document).cases
    let cases = try decoder.decode(Document<Attempt<Case>>.self, from: document).cases
    return try zip(kinds, cases).filter { $0.0.kind == kind }.map { try $0.1.result.get() }
  }

  private static let location = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Protocol/vectors/sealing.json")

  private struct Document<Case: Decodable>: Decodable {
    let cases: [Case]
  }

  private struct Kind: Decodable {
    let kind: String
  }

  /// Cases of other kinds need not decode.
  private struct Attempt<Case: Decodable>: Decodable {
    let result: Result<Case, any Error>

    init(from decoder: any Decoder) throws {
      result = Result { try Case(from: decoder) }
    }
  }
}
