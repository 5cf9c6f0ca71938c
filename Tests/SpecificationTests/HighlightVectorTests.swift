import Articles
import Replication
import TestSupport
import Testing

/// `Protocol/vectors/highlights.json`, read by Swift.
struct HighlightVectorTests {
  private struct Vector: Decodable {
    let name: String
    let text: Text
    let highlight: Passage
    let place: [Int]?
  }

  private struct Passage: Decodable {
    let body: UInt8
    let version: Int
    let quote, prefix, suffix: String
    let start, end: Int
  }

  /// A string, or pieces of which some stand there many times.
  private struct Text: Decodable {
    let string: String

    private enum Piece: Decodable {
      case once(String)
      case repeated(String, Int)

      init(from decoder: any Decoder) throws {
        if let string = try? decoder.singleValueContainer().decode(String.self) {
          self = .once(string)
          return
        }
        var pair = try decoder.unkeyedContainer()
        self = .repeated(try pair.decode(String.self), try pair.decode(Int.self))
      }

      var string: String {
        switch self {
        case .once(let string): string
        case .repeated(let string, let count): String(repeating: string, count: count)
        }
      }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let string = try? container.decode(String.self) {
        self.string = string
      } else {
        string = try container.decode([Piece].self).map(\.string).joined()
      }
    }
  }

  private static func hash(_ number: UInt8) throws -> ContentHash {
    try #require(ContentHash(bytes: [UInt8](repeating: number, count: 32)))
  }

  @Test func `every highlight has the place beside it, or none`() throws {
    let vectors: [Vector] = try VectorFile.cases(in: "highlights")
    #expect(vectors.count >= 45)
    #expect(vectors.count { $0.place == nil } >= 12)
    for vector in vectors {
      let text = HighlightText(
        vector.text.string, of: try HighlightVectorTests.hash(1), version: 1)
      let passage = vector.highlight
      let anchor = HighlightAnchor(
        body: try HighlightVectorTests.hash(passage.body), textVersion: passage.version,
        quote: passage.quote, prefix: passage.prefix, suffix: passage.suffix,
        start: passage.start, end: passage.end)
      let place = anchor.place(in: text).map { [$0.lowerBound, $0.upperBound] }
      #expect(place == vector.place, "\(vector.name)")
    }
  }
}
