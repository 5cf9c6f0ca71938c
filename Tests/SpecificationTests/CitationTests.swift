import Foundation
import Testing

/// The sources cite the specification; what they cite must be there.
struct CitationTests {
  @Test func `every section the sources cite has a heading`() throws {
    let headings = try CitationTests.headings()
    var cited = 0
    for source in Repository.sources() {
      for section in CitationTests.citations(in: try String(contentsOf: source, encoding: .utf8)) {
        cited += 1
        #expect(headings.contains(section), "\(source.lastPathComponent) cites \(section)")
      }
    }
    #expect(cited > 20)
  }

  @Test func `every section the specification refers to has a heading`() throws {
    let headings = try CitationTests.headings()
    let reference = /\((?:chapter )?([0-9]\.[0-9]{1,2})(?:[,)]| of| and)/
    for chapter in try Repository.specification() {
      let text = try String(contentsOf: chapter, encoding: .utf8)
      for match in text.matches(of: reference) {
        let section = String(match.1)
        #expect(headings.contains(section), "\(chapter.lastPathComponent) refers to \(section)")
      }
    }
  }

  /// `# 3. Bundles` gives 3, `## 3.4 Trailer` gives 3.4.
  private static func headings() throws -> Set<String> {
    var headings: Set<String> = []
    for chapter in try Repository.specification() {
      let text = try String(contentsOf: chapter, encoding: .utf8)
      for line in text.split(separator: "\n") {
        guard let match = line.prefixMatch(of: /#+ ([0-9]+(?:\.[0-9]+)*)/) else { continue }
        headings.insert(String(match.1))
      }
    }
    return headings
  }

  private static func citations(in text: String) -> [String] {
    text.matches(of: /Protocol ([0-9]+(?:\.[0-9]+)*)/).map { String($0.1) }
  }
}
