/// The lines of a file, one after the other, without their line feeds; of a line that is too long
/// nothing is held.
struct InputLines {
  /// How many lines were taken.
  private(set) var number = 0
  private var source: any ByteSource
  private let longest: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// What is next, with the bytes it takes of the file.
  enum Item {
    case line([UInt8], share: Int)
    case tooLong(share: Int)
    /// The rest of the file is lost.
    case failed(SkipReason, share: Int)
  }

  /// - Parameters:
  ///   - source: what is read.
  ///   - longest: how many bytes a line may have.
  init(_ source: any ByteSource, longest: Int) {
    self.source = source
    self.longest = longest
  }

  mutating func next() -> Item? {
    var (line, dropped): ([UInt8], Int) = ([], 0)
    do throws(SkipReason) {
      while true {
        if start == buffer.count, !isAtEnd {
          buffer = try source.read()
          (start, isAtEnd) = (0, buffer.isEmpty)
        }
        if isAtEnd {
          guard !line.isEmpty || dropped > 0 else { return nil }
          number += 1
          return item(line, dropped, feeds: 0)
        }
        let end = buffer[start...].firstIndex(of: 0x0A)
        let piece = buffer[start..<(end ?? buffer.count)]
        if dropped > 0 || line.count + piece.count > longest {
          dropped += line.count + piece.count
          line = []
        } else {
          line += piece
        }
        start = end.map { $0 + 1 } ?? buffer.count
        if end != nil {
          number += 1
          return item(line, dropped, feeds: 1)
        }
      }
    } catch {
      isAtEnd = true
      start = buffer.count
      number += 1
      return .failed(error, share: line.count + dropped)
    }
  }

  private func item(_ line: [UInt8], _ dropped: Int, feeds: Int) -> Item {
    dropped > 0
      ? .tooLong(share: dropped + feeds) : .line(line, share: line.count + feeds)
  }
}
