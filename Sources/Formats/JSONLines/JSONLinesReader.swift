import Articles
import Documents

/// Reads what ``JSONLinesWriter`` wrote, a line at a time.
struct JSONLinesReader: FormatReader {
  let total: ReadingTotal
  private let name: String
  private var lines: InputLines

  /// - Parameters:
  ///   - source: what is read.
  ///   - name: as people are shown it.
  init(_ source: any ByteSource, named name: String) {
    total = ReadingTotal(.bytes, source.length)
    self.name = name
    lines = InputLines(source, longest: JSONLinesReader.longest)
  }

  mutating func next() -> FormatRecord? {
    while true {
      let place = "\(name), line \(lines.number + 1)"
      switch lines.next() {
      case nil: return nil
      case .line(let line, let share):
        if line[...].isBlank { continue }
        return FormatRecord(at: place, share: share) { () throws(SkipReason) in
          try JSONLine.draft(of: line)
        }
      case .tooLong(let share):
        return FormatRecord(
          at: place, share: share, .tooLarge(limit: JSONLinesReader.longest))
      case .failed(let error, let share):
        return FormatRecord(at: place, share: share, error)
      }
    }
  }

  /// A text of 16 MiB and several images in base64.
  static let longest = 128 << 20
}
