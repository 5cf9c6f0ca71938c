import Documents
import Foundation
import Testing

/// Real saved pages, each with the main text and the metadata that a reader mode finds.
@Suite(.enabled(if: SharedData.readablePages.isAtHand, "the saved pages are not at hand"))
struct ReadablePagesTests {
  @Test func `the main text of real pages is found`() throws {
    let pages = try ReadablePage.all()
    let figures = pages.map { ($0.name, $0.figures()) }
    let right = figures.filter { $0.1.recall >= 0.9 && $0.1.excess <= 0.1 }
    let missed = figures.filter { $0.1.recall < 0.9 || $0.1.excess > 0.1 }.map(\.0)
    #expect(pages.count == 65)
    #expect(right.count >= 63, "\(missed)")
    #expect(figures.reduce(0) { $0 + $1.1.recall } >= 0.99 * Double(pages.count))
    #expect(figures.reduce(0) { $0 + $1.1.excess } <= 0.01 * Double(pages.count))
  }

  @Test func `nine of ten authors and days of real pages are found`() throws {
    let pages = try ReadablePage.all()
    let authors = pages.compactMap(\.hasAuthor)
    let days = pages.compactMap(\.hasDay)
    #expect(authors.count == 36 && days.count == 17)
    #expect(authors.filter { $0 }.count >= 33)
    #expect(days.filter { $0 }.count >= 17)
  }
}

/// A saved page and what is expected of it.
private struct ReadablePage {
  let name: String
  let source: [UInt8]
  let expectedText: String
  let byline: String?
  let published: String?

  static func all() throws -> [ReadablePage] {
    try SharedData.readablePages.withFolder { folder in
      try folder.entries().filter(\.hasDirectoryPath).map(ReadablePage.init)
    } ?? []
  }

  private init(_ folder: URL) throws {
    func file(_ name: String) throws -> Data {
      try Data(contentsOf: folder.appendingPathComponent(name))
    }
    name = folder.lastPathComponent
    source = Array(try file("source.html"))
    expectedText = plainText(
      String(decoding: try file("expected.html"), as: UTF8.self), .html)
    let metadata =
      try JSONSerialization.jsonObject(with: try file("expected-metadata.json")) as? [String: Any]
    byline = metadata?["byline"] as? String
    published = metadata?["publishedTime"] as? String
  }

  /// How much of the expected words was found, and how many others for each of them.
  func figures() -> (recall: Double, excess: Double) {
    let expected = ReadablePage.words(of: expectedText)
    let total = expected.values.reduce(0, +)
    let found = ReadablePage.words(of: PlainText.text(of: Document(reading: source, as: .html)))
    var shared = 0
    for (word, count) in found { shared += min(count, expected[word, default: 0]) }
    let excess = found.values.reduce(0, +) - shared
    return (Double(shared) / Double(max(total, 1)), Double(excess) / Double(max(total, 1)))
  }

  /// Whether the author was found; nil where none is expected.
  var hasAuthor: Bool? {
    guard let byline else { return nil }
    let wanted = ReadablePage.name(byline)
    let found = ReadablePage.name(metadata.author ?? "")
    return !found.isEmpty && (wanted.contains(found) || found.contains(wanted))
  }

  /// Whether the month was found, which zones do not change; nil where none is expected.
  var hasDay: Bool? {
    published.map { metadata.published?.hasPrefix($0.prefix(7)) ?? false }
  }

  private var metadata: PageMetadata { HTMLHead(of: source[...]).metadata }

  /// The words with their number; each Chinese or Japanese character is one.
  private static func words(of text: String) -> [String: Int] {
    var words: [String: Int] = [:]
    var word = ""
    for scalar in text.unicodeScalars {
      let isIdeograph = (0x2E80...0x9FFF).contains(scalar.value)
      if isIdeograph || !scalar.properties.isAlphabetic && !(0x30...0x39).contains(scalar.value) {
        if !word.isEmpty { words[word, default: 0] += 1 }
        word = ""
        if isIdeograph { words[String(scalar), default: 0] += 1 }
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    if !word.isEmpty { words[word, default: 0] += 1 }
    return words
  }

  private static func name(_ byline: String) -> String {
    let words = byline.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    return words.hasPrefix("by ") ? String(words.dropFirst(3)) : words
  }
}
