import Testing

@testable import Formats

/// Comma-separated values, as services and people write them.
struct TableReaderTests {
  private func rows(_ text: String, size: Int = 1 << 16) throws -> [TableRow] {
    var reader = try TableReader(Trickle(text, size: size))
    var rows: [TableRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  private func cells(_ text: String, size: Int = 1 << 16) throws -> [[String]?] {
    try rows(text, size: size).map { try? $0.cells.get() }
  }

  @Test(arguments: [1, 2, 3, 7, 1 << 16])
  func `cells are plain or quoted, whatever is in memory of them`(size: Int) throws {
    let text = "a,b,c\r\n1,\"2,\n\"\"two\"\"\",3\r\n\n\"\",x\"y, \" z \n"
    #expect(try cells(text, size: size) == [["1", "2,\n\"two\"", "3"], ["", "x\"y", " \" z "]])
    #expect(try rows(text, size: size).map(\.line) == [2, 5])
    #expect(try rows(text, size: size).reduce(0) { $0 + $1.length } == text.utf8.count - 6)
  }

  @Test(arguments: [",", ";", "\t"])
  func `the header tells what parts the cells`(separator: String) throws {
    let text = ["a,b", "1,\"x,y\""].joined(separator: "\n")
    let written = text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .map {
        $0.offset % 2 == 0
          ? $0.element.split(separator: ",", omittingEmptySubsequences: false).joined(
            separator: separator) : String($0.element)
      }
      .joined(separator: "\"")
    #expect(try cells(written) == [["1", "x,y"]])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `lines end as any system ends them`(end: String) throws {
    let rows = try rows(["a,b", "1,\"x\(end)y\"", "2,z"].joined(separator: end))
    #expect(try rows.map { try $0.cells.get() } == [["1", "x\(end)y"], ["2", "z"]])
    #expect(rows.map(\.line) == [2, 4])
  }

  @Test func `a quotation mark within a cell is text, if the cell closes at its end`() throws {
    let text = "a,b\n5\" disk,x\n\"5\" disk\",y\n\"say \"\"a\"\"\" ,z\n\"\"\"\",q\n"
    #expect(
      try cells(text) == [
        ["5\" disk", "x"], ["5\" disk", "y"], ["say \"a\"", "z"], ["\"", "q"],
      ])
  }

  @Test(arguments: [3, 1 << 16])
  func `one that never closes costs its line, and says where it is`(size: Int) throws {
    let rows = try rows("a,b\n1,\"open\n2,x\n\"3\",y\n4,\"open too\n", size: size)
    #expect(rows.map(\.line) == [2, 3, 4, 5])
    #expect(
      rows.map(\.cells) == [
        .failure(.unclosedQuotation(column: 2)), .success(["2", "x"]), .success(["3", "y"]),
        .failure(.unclosedQuotation(column: 2)),
      ])
  }

  @Test func `one that swallows lines up to another's end is found by the number of cells`() throws
  {
    let rows = try rows("a,b,c\n1,\"open,x\n2,\"y\",z\n3,\"two\nlines\",w\n")
    #expect(
      rows.map(\.cells) == [
        .failure(.unclosedQuotation(column: 2)), .success(["2", "y", "z"]),
        .success(["3", "two\nlines", "w"]),
      ])
  }

  @Test func `what is no UTF-8 costs its row`() throws {
    var reader = try TableReader(
      MemorySource(Array("a\n".utf8) + [0xE9, 0x0A] + Array("b\n".utf8)))
    #expect(try reader.next()?.cells == .failure(.notUTF8(offset: 2, likely: "windows-1252")))
    #expect(try reader.next()?.cells == .success(["b"]))
    #expect(try reader.next() == nil)
  }

  @Test func `a table of nothing is empty`() {
    for text in ["", "\n\r\n"] {
      #expect(throws: SkipReason.empty) { try rows(text) }
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["\"a\n", "\"a,\n", "x,\"y\n", "\"\"\"\n", "\",\"\n"])
  func `quotation marks beyond understanding take time in proportion to them`(line: String) throws {
    let open = String(repeating: line, count: 10_000)
    let closed = open + String(repeating: "\",\n", count: 10_000)
    for text in [open, closed] { #expect(try rows("a,b,c,d\n" + text).count > 0) }
  }
}
