/// A piece of a text, in one line, with what was found in it marked.
///
/// Its characters are as the page has them: controls included, but for white space, which is one
/// space.
public struct SearchSnippet: Sendable, Hashable, Codable {
  /// End to end they are the snippet.
  public let parts: [Part]

  public struct Part: Sendable, Hashable, Codable {
    public var text: String
    public let isMatch: Bool
  }

  public var text: String { parts.map(\.text).joined() }

  /// - Parameter columns: about how long it is on a terminal at most.
  init(of text: String, showing terms: [SearchTerm], columns: Int) {
    var text = text
    parts = text.withUTF8 { bytes in
      var tokens = SearchTokens(recordingPlaces: true)
      tokens.append(bytes)
      return SnippetCutter(bytes, SnippetMatches(tokens, terms).ranges, columns: columns).parts()
    }
  }
}

/// Where terms stand in a text, in its bytes, ascending and apart from one another.
struct SnippetMatches {
  private(set) var ranges: [Range<Int>] = []

  init(_ tokens: SearchTokens, _ terms: [SearchTerm]) {
    let places = tokens.places
    tokens.bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < places.count {
        let length = terms.filter { term in
          SnippetMatches.begins(term, at: index, places, bytes)
        }.map(\.words.count).max()
        guard let length else {
          index += 1
          continue
        }
        let last = places[index + length - 1]
        ranges.append(places[index].source.lowerBound..<last.source.upperBound)
        index += length
      }
    }
  }

  private static func begins(
    _ term: SearchTerm, at index: Int, _ places: [SearchTokens.Place],
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard index + term.words.count <= places.count else { return false }
    for (offset, word) in term.words.enumerated() {
      let token = bytes[places[index + offset].token]
      let isOpen = term.isPrefix && offset == term.words.count - 1
      guard isOpen ? token.starts(with: word) : token.elementsEqual(word) else { return false }
    }
    return true
  }
}

/// Cuts the piece around the first match out of a text.
private struct SnippetCutter {
  private let text: UnsafeBufferPointer<UInt8>
  private let matches: [Range<Int>]
  private let columns: Int

  init(_ text: UnsafeBufferPointer<UInt8>, _ matches: [Range<Int>], columns: Int) {
    self.text = text
    self.matches = matches
    self.columns = columns
  }

  func parts() -> [SearchSnippet.Part] {
    let start = beginning(before: densestMatch())
    let end = end(after: start)
    var parts: [SearchSnippet.Part] = []
    var index = start
    for match in matches where match.lowerBound < end && match.lowerBound >= start {
      append(index..<match.lowerBound, isMatch: false, to: &parts)
      append(match.lowerBound..<min(match.upperBound, end), isMatch: true, to: &parts)
      index = min(match.upperBound, end)
    }
    append(index..<end, isMatch: false, to: &parts)
    if start > 0 { parts.insert(SearchSnippet.Part(text: "…", isMatch: false), at: 0) }
    if end < text.count { parts.append(SearchSnippet.Part(text: "…", isMatch: false)) }
    return parts
  }

  /// The first of those that have most others close behind them: pages begin with their titles and
  /// with what is on every page of the site.
  private func densestMatch() -> Int {
    var (best, most, end) = (0, 0, 0)
    for (index, match) in matches.enumerated() {
      while end < matches.count, matches[end].lowerBound < match.lowerBound + columns { end += 1 }
      if end - index > most { (best, most) = (match.lowerBound, end - index) }
    }
    return best
  }

  private func append(_ range: Range<Int>, isMatch: Bool, to parts: inout [SearchSnippet.Part]) {
    guard !range.isEmpty else { return }
    var line = ""
    for scalar in String(decoding: text[range], as: UTF8.self).unicodeScalars {
      if !scalar.properties.isWhitespace {
        line.unicodeScalars.append(scalar)
      } else if line.unicodeScalars.last != " " {
        line += " "
      }
    }
    parts.append(SearchSnippet.Part(text: line, isMatch: isMatch))
  }

  /// A quarter of the columns is for what comes before; words are not cut apart there.
  private func beginning(before match: Int) -> Int {
    var (index, used) = (match, 0)
    while index > 0, used < columns / 4 {
      index -= 1
      if text[index] & 0xC0 != 0x80 { used += width(at: index) }
    }
    guard index > 0 else { return 0 }
    while text[index] & 0xC0 == 0x80, index < match { index += 1 }
    let words = text[index..<match]
    return (words.firstIndex(of: 0x20) ?? words.firstIndex(of: 0x0A)).map { $0 + 1 } ?? index
  }

  private func end(after start: Int) -> Int {
    var (index, used) = (start, 0)
    while index < text.count {
      if text[index] & 0xC0 != 0x80 {
        used += width(at: index)
        if used > columns { return index }
      }
      index += 1
    }
    return index
  }

  /// Characters of three bytes and more are mostly Chinese, or as wide.
  private func width(at index: Int) -> Int { text[index] >= 0xE3 ? 2 : 1 }
}
