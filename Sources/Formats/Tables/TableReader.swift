import Documents

/// Reads comma-separated values row by row, forgiving what it can tell the meaning of (see "Tables" in
/// Protocol/formats.md).
struct TableReader {
  /// The names in the first row.
  private(set) var header: [String] = []
  private var window: ByteWindow
  private var separator = UInt8(ascii: ",")
  /// The number of the line that comes next.
  private var line = 1
  /// No quotation mark before this place of the stream closes a cell that opens before it.
  private var closedUntil = 0
  /// How much was read of rows that were refused, and is read again.
  private var refusedBytes = 0
  /// Whether a cell may go on in the next line.
  private var allowsLines = true

  /// A row is no longer, so that a quotation mark that never closes is found out.
  static let rowBytes = 16 << 20

  /// Throws `empty` for a table without any row, and why its first one cannot be read.
  init(_ source: any ByteSource) throws(SkipReason) {
    window = ByteWindow(source)
    try skipBlankLines()
    separator = try likelySeparator()
    guard let first = try next() else { throw .empty }
    header = try first.cells.get()
  }

  /// The next row that is not blank; nil after the last.
  mutating func next() throws(SkipReason) -> TableRow? {
    let begun = window.offset
    try skipBlankLines()
    guard try window.byte(at: 0) != nil else { return nil }
    let number = line
    let cells = try row()
    return TableRow(cells: cells, line: number, length: window.offset - begun)
  }
}

// MARK: Rows

extension TableReader {
  private typealias Cell = (range: Range<Int>, isQuoted: Bool)

  private static let quote = UInt8(ascii: "\"")

  /// Takes a row off the window; of one that cannot be read, its first line.
  private mutating func row() throws(SkipReason) -> Result<[String], SkipReason> {
    var cells: [Cell] = []
    var end = 0
    repeat {
      guard let cell = try cell(at: end) else {
        try dropLine()
        return .failure(.unclosedQuotation(column: cells.count + 1))
      }
      cells.append(cell)
      end = cell.range.upperBound + (cell.isQuoted ? 1 : 0)
      while cell.isQuoted, try isSpace(at: end) { end += 1 }
      end += 1
    } while try window.byte(at: end - 1) == separator
    end -= 1
    let lines = lineEnds(in: 0..<end)
    // Over several lines a mark is doubled, and the row is whole; else one in the first line should
    // have closed there.
    if lines > 0, !header.isEmpty,
      let column = cells.firstIndex(where: { isTorn($0, isWhole: cells.count == header.count) })
    {
      refuse(cells[column], until: end)
      try dropLine()
      return .failure(.unclosedQuotation(column: column + 1))
    }
    var texts: [String] = []
    for cell in cells {
      guard let text = String(validating: bytes(of: cell), as: UTF8.self) else {
        let start = window.offset + cell.range.lowerBound
        drop(to: end, lines: lines)
        return .failure(.notUTF8(offset: start, likely: "windows-1252"))
      }
      texts.append(text)
    }
    drop(to: end, lines: lines)
    return .success(texts)
  }

  /// The cell that begins at a place, without its quotation marks; nil where they do not close.
  private mutating func cell(at start: Int) throws(SkipReason) -> Cell? {
    guard try window.byte(at: start) == TableReader.quote else {
      var end = start
      while let byte = try window.byte(at: end), byte != separator, !byte.endsLine { end += 1 }
      return (start..<end, false)
    }
    return try closing(from: start + 1).map { (start + 1..<$0, true) }
  }

  /// Whether a cell goes on over lines only because its own end was passed over.
  private func isTorn(_ cell: Cell, isWhole: Bool) -> Bool {
    guard lineEnds(in: cell.range) > 0 else { return false }
    guard isWhole else { return true }
    var rest = window[cell.range]
    while let place = rest.place(of: TableReader.quote) {
      let marks = rest[place...].prefix { $0 == TableReader.quote }
      if marks.count % 2 == 1 { return true }
      rest = rest[marks.endIndex...]
    }
    return false
  }

  /// Where the quotation mark stands that closes a cell: of an odd number in a row the last, if a
  /// separator or the line's end follows. Two in a row are one that is text.
  private mutating func closing(from start: Int) throws(SkipReason) -> Int? {
    let limit = try allowsLines ? TableReader.rowBytes : lineEnd(from: start)
    if let end = try lastOfOddRun(at: start), try endsCell(behind: end) { return end }
    var place = max(start, closedUntil - window.offset)
    while let next = try window.place(of: TableReader.quote, from: place, before: limit) {
      var end = next
      while try window.byte(at: end + 1) == TableReader.quote { end += 1 }
      if (end - next) % 2 == 0, try endsCell(behind: end) { return end }
      place = end + 1
    }
    closedUntil = window.offset + min(limit, window.count)
    return nil
  }

  /// The last of an odd number of quotation marks at a place.
  private mutating func lastOfOddRun(at place: Int) throws(SkipReason) -> Int? {
    var end = place
    while try window.byte(at: end) == TableReader.quote { end += 1 }
    return (end - place) % 2 == 1 ? end - 1 : nil
  }

  private mutating func endsCell(behind place: Int) throws(SkipReason) -> Bool {
    var next = place + 1
    while try isSpace(at: next) { next += 1 }
    guard let byte = try window.byte(at: next) else { return true }
    return byte == separator || byte.endsLine
  }

  private mutating func isSpace(at place: Int) throws(SkipReason) -> Bool {
    guard let byte = try window.byte(at: place), byte != separator else { return false }
    return byte == 0x20 || byte == 0x09
  }

  private func bytes(of cell: Cell) -> [UInt8] {
    let bytes = window[cell.range]
    guard cell.isQuoted, bytes.place(of: TableReader.quote) != nil else { return Array(bytes) }
    var text: [UInt8] = []
    var rest = bytes
    while let place = rest.place(of: TableReader.quote) {
      text += rest[...place]
      let next = place + 1
      rest = rest[(next < rest.endIndex && rest[next] == TableReader.quote ? next + 1 : next)...]
    }
    return text + rest
  }
}

// MARK: Lines

extension TableReader {
  /// What was refused is read again line by line. Where that comes to more than the table itself,
  /// its quotation marks are past understanding, and each has to close in its line.
  private mutating func refuse(_ cell: Cell, until end: Int) {
    closedUntil = max(closedUntil, window.offset + cell.range.upperBound)
    refusedBytes += end
    allowsLines = refusedBytes < 4 * window.offset + (1 << 20)
  }

  private mutating func lineEnd(from start: Int) throws(SkipReason) -> Int {
    var end = start
    while let byte = try window.byte(at: end), !byte.endsLine { end += 1 }
    return end
  }

  private func lineEnds(in range: Range<Int>) -> Int {
    let bytes = window[range]
    var count = 0
    for place in bytes.indices where bytes[place].endsLine {
      // CR LF is one end.
      let isPair = bytes[place] == 0x0D && place + 1 < bytes.endIndex && bytes[place + 1] == 0x0A
      if !isPair { count += 1 }
    }
    return count
  }

  /// Is done with a row that ends there, and with the end of its last line.
  private mutating func drop(to end: Int, lines: Int) {
    line += lines
    window.drop(end)
  }

  private mutating func dropLine() throws(SkipReason) {
    window.drop(try lineEnd(from: 0))
  }

  private mutating func skipBlankLines() throws(SkipReason) {
    while let byte = try window.byte(at: 0), byte.endsLine {
      let next = try window.byte(at: 1)
      line += 1
      window.drop(byte == 0x0D && next == 0x0A ? 2 : 1)
    }
  }

  /// Of commas, semicolons and tabs what stands most often in the first line, quoted or not.
  private mutating func likelySeparator() throws(SkipReason) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var end = 0
    while let byte = try window.byte(at: end), !byte.endsLine, end < FormatSample.length {
      counts[byte, default: 0] += 1
      end += 1
    }
    return [0x2C, 0x3B, 0x09].max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 0x2C
  }
}

extension UInt8 {
  fileprivate var endsLine: Bool { self == 0x0A || self == 0x0D }
}
