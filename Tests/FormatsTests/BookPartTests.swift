import Testing

@testable import Formats

/// The parts of a long book's contents.
struct BookPartTests {
  private func chapters(
    _ count: Int, month: (Int) -> String = { "\($0)" }, site: (Int) -> String? = { "\($0)" }
  ) -> [BookChapter] {
    (0..<count).map {
      BookChapter(file: "c\($0)", title: "T", month: month($0), site: site($0))
    }
  }

  @Test func `a short book has none`() {
    #expect(BookPart.parts(of: chapters(100) { _ in "2020-03" }) == [])
    #expect(BookPart.parts(of: []) == [])
  }

  @Test func `they are months where these stand together, else sites, else hundreds`() {
    let months = chapters(240, month: { "2020-0\(1 + $0 / 80)" }, site: { _ in "a" })
    #expect(
      BookPart.parts(of: months) == [
        BookPart(title: "2020-01", chapters: 0..<80),
        BookPart(title: "2020-02", chapters: 80..<160),
        BookPart(title: "2020-03", chapters: 160..<240),
      ])
    let sites = chapters(120, site: { $0 < 100 ? "a.example" : nil })
    #expect(
      BookPart.parts(of: sites) == [
        BookPart(title: "a.example", chapters: 0..<100), BookPart(title: "…", chapters: 100..<120),
      ])
    #expect(
      BookPart.parts(of: chapters(201)) == [
        BookPart(title: "1–100", chapters: 0..<100),
        BookPart(title: "101–200", chapters: 100..<200),
        BookPart(title: "201–201", chapters: 200..<201),
      ])
  }

  @Test(arguments: [101, 400, 401, 1_000, 14_500])
  func `a library that came in one day is cut by hundreds`(count: Int) {
    let parts = BookPart.parts(of: chapters(count, month: { _ in "2026-11" }))
    #expect(parts.count == (count + 99) / 100)
    #expect(parts.flatMap { Array($0.chapters) } == Array(0..<count))
    #expect(parts.allSatisfy { $0.chapters.count <= 100 })
  }
}
