import Articles
import Files
import Formats
import Testing

/// Readers as streams of items.
@Suite struct FormatReaderTests {
  @Test func `a folder of pages is a stream of articles and of what is none`() throws {
    try withFolder { folder in
      try folder.write("b.md", Array("---\ntags: ['', x]\nurl: \":\"\n---\n# B".utf8))
      try folder.write("a.md", Array("# A".utf8))
      try folder.write("empty.md", Array(" \n".utf8))
      try folder.write("binary.txt", [0x41, 0])
      try folder.link("out.md", to: "/etc/passwd")
      let reader = try Format.markdown.reader(of: .path(folder.place))
      #expect(reader.total == ReadingTotal(.pages, 4))
      #expect(reader.leftOut.map(\.place) == ["out.md"])
      let items = Array(reader.items())
      #expect(items.map(\.place) == ["out.md", "a.md", "b.md", "binary.txt", "empty.md"])
      #expect(items.map(title) == [nil, "A", "B", nil, nil])
      #expect(items[3].outcome == .skipped(.binary(offset: 1)))
      #expect(items[4].outcome == .passedOver(.empty))
      guard case .article(let draft) = items[2].outcome else { return }
      #expect(draft.tags == ["x"])
      #expect(draft.url == nil)
    }
  }

  @Test func `what cannot be opened says so, and a named file that is no page is an item`() throws {
    #expect(throws: SkipReason.missing) {
      try Format.mirror.reader(of: .path("/no/such/folder"))
    }
    try withFolder { folder in
      try folder.write("paper.pdf")
      let reader = try Format.markdown.reader(of: .path(folder.place.pushing("paper.pdf")))
      #expect(
        Array(reader.items()).map(\.outcome) == [
          .skipped(
            .notAPage(name: "paper.pdf", looks: "text; its name should end with .txt or .md"))
        ]
      )
    }
  }

  @Test func `items are made one by one`() {
    var items = Counting(of: 3, sharing: 1).items()
    #expect(items.next()?.place == "0")
    #expect(items.next()?.place == "1")
    #expect(items.next()?.outcome == .passedOver(.empty))
    #expect(items.next() == nil)
  }

  @Test func `records go through an import in small groups, in order`() {
    var groups = RecordGroups([
      Counting(of: 3, sharing: 1), RecordList([]), Counting(of: 9, sharing: 1),
    ])
    #expect(groups.total == ReadingTotal(.pages, 12))
    var places: [[String]] = []
    while let group = groups.next() {
      places.append(group.records.map(\.place))
      #expect(group.share == group.records.count)
      #expect(group.cost == 1)
    }
    #expect(places == [["0", "1", "2", "0", "1", "2", "3", "4"], ["5", "6", "7", "8"]])
    #expect(groups.next() == nil)
  }

  @Test func `large records go alone, and weigh what they hold`() {
    var groups = RecordGroups([Counting(of: 3, sharing: 1 << 20, in: .bytes)])
    #expect(groups.total == ReadingTotal(.bytes, 3 << 20))
    for _ in 0..<3 {
      let group = groups.next()
      #expect(group?.records.count == 1)
      #expect(group?.cost == 8)
    }
    #expect(groups.next() == nil)
  }

  @Test func `what counts in different units has no total, and nothing has none to read`() {
    let mixed = RecordGroups([
      Counting(of: 1, sharing: 1), Counting(of: 1, sharing: 1, in: .bytes),
    ])
    #expect(mixed.total == nil)
    var none = RecordGroups([])
    #expect(none.total == ReadingTotal(.pages, 0))
    #expect(none.next() == nil)
  }

  private func title(_ item: FormatItem) -> String? {
    guard case .article(let draft) = item.outcome else { return nil }
    return draft.title
  }
}

/// Records named by their numbers, none of which is an article.
private struct Counting: FormatReader {
  let total: ReadingTotal
  private let count: Int
  private let share: Int
  private var number = 0

  init(of count: Int, sharing share: Int, in unit: ReadingTotal.Unit = .pages) {
    self.count = count
    self.share = share
    total = ReadingTotal(unit, count * share)
  }

  mutating func next() -> FormatRecord? {
    guard number < count else { return nil }
    defer { number += 1 }
    return FormatRecord(at: "\(number)", share: share, .empty)
  }
}
