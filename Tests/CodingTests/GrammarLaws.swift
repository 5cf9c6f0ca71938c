import Coding
import Foundation
import Replication
import TestSupport
import Testing

/// What is read here and what it means is what a reader makes of it that was written from the
/// specification alone; and what is refused is refused for the same reason.
@Suite(.enabled(if: Python.isPresent, "python3 is not installed"))
struct GrammarLaws {
  private static let payloadsOfAKind: UInt64 = Effort.isLong ? 20_000 : 600

  @Test(arguments: Grammar.Payload.allCases)
  func `both readers accept the same bytes`(kind: Grammar.Payload) throws {
    let cases = try (0..<GrammarLaws.payloadsOfAKind).map { try GrammarCase(kind, seed: $0) }
    let wrongly = cases.filter { $0.isRight && $0.refused != nil }.map(\.name)
    #expect(wrongly.isEmpty, "\(wrongly.prefix(3))")
    // Else their agreement would say little.
    let refused = Set(cases.compactMap(\.refused))
    #expect(refused.count >= 4, "\(refused)")
    #expect(cases.count { $0.refused != nil } > cases.count / 5)

    let folder = try TemporaryFolder()
    try JSONEncoder().encode(["cases": cases]).write(to: folder.url.appending(path: "cases.json"))
    let answer = try Python.run([GrammarLaws.script, "--vectors", folder.url.path], in: folder.url)
    #expect(answer.code == 0, "\(answer.errors.prefix(2_000))")
    #expect(answer.output == "\(cases.count) passed, 0 failed\n")
  }

  private static let script = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Examples/inspect-bundle.py").path
}

/// A payload as this reader reads it, in the form of the vectors.
private struct GrammarCase: Encodable {
  let kind: String
  let name: String
  let hex: String
  var value: [String]?
  var refused: String?
  /// Whether nothing of it was written wrong.
  let isRight: Bool

  private enum CodingKeys: String, CodingKey { case kind, name, hex, value, refused }

  init(_ kind: Grammar.Payload, seed: UInt64) throws {
    let bytes = Grammar.payload(kind, seed: seed)
    self.kind = kind.rawValue
    name = "\(kind), seed \(seed)"
    isRight = Grammar.isRight(seed: seed)
    hex = Hexadecimal.text(of: bytes)
    do {
      value = try GrammarCase.meaning(of: bytes, as: kind)
    } catch let error as CodingError {
      refused = error.word
    }
  }

  private static func meaning(of bytes: [UInt8], as kind: Grammar.Payload) throws -> [String] {
    switch kind {
    case .sequences:
      try ByteReader.read(bytes) { (reader: inout ByteReader) throws(CodingError) in
        try SequenceSet(from: &reader)
      }.meaning
    case .knowledge: try Knowledge(bytes: bytes).meaning
    case .statement: try DeltaStatement(payload: bytes).meaning
    case .operations: try OperationBlock(payload: bytes).meaning()
    case .bodies: try BodyChunk(payload: bytes).meaning
    case .frames: try Frame(whole: bytes).meaning()
    }
  }
}
