import Satchel
import TestSupport
import Testing

/// Whatever two texts are, the pieces of their difference are both of them.
struct TextDifferenceLaws {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `what is alike and what went is the first text, and with what came the second`(
    seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    let (old, new) = (text(&generator), text(&generator))
    let words = TextDifference(from: old, to: new, by: .words)
    #expect(side(words, without: .added, "") == old)
    #expect(side(words, without: .removed, "") == new)
    #expect(words.joined.map(\.text).joined() == words.pieces.map(\.text).joined())
    #expect(zip(words.joined, words.joined.dropFirst()).allSatisfy { $0.kind != $1.kind })
    let lines = TextDifference(from: old, to: new, by: .lines)
    #expect(side(lines, without: .added, "\n") == old)
    #expect(side(lines, without: .removed, "\n") == new)
    #expect(!words.isCut && !lines.isCut)
  }

  @Test func `more than can be compared is cut, and says so`() {
    let old = (0..<3_000).map { "a\($0)" }.joined(separator: "\n")
    let new = (0..<3_000).map { "b\($0)" }.joined(separator: "\n")
    let difference = TextDifference(from: old, to: new, by: .lines)
    #expect(difference.isCut && difference.pieces.count == 2 * TextDifference.maximumUnits)
    // What is alike at both ends does not count.
    let near = TextDifference(from: "x\n\(old)\ny", to: "z\n\(old)\ny", by: .lines)
    #expect(!near.isCut && near.pieces.filter { $0.kind != .alike }.map(\.text) == ["x", "z"])
  }

  @Test func `composed letters and decomposed ones are not alike`() {
    let difference = TextDifference(from: "caf\u{E9}", to: "cafe\u{301}", by: .words)
    #expect(difference.pieces.map(\.kind) == [.removed, .added])
  }

  private func text(_ generator: inout SeededGenerator) -> String {
    let parts = ["tea", "Tea", "茶", "红", " ", "\n", "7", ",", "é", "e\u{301}", "👩‍👧"]
    return (0..<Int.random(in: 0...60, using: &generator)).map { _ in
      parts[Int.random(in: 0..<parts.count, using: &generator)]
    }.joined()
  }

  private func side(
    _ difference: TextDifference, without kind: TextDifference.Kind, _ separator: String
  ) -> String {
    difference.pieces.filter { $0.kind != kind }.map(\.text).joined(separator: separator)
  }
}
