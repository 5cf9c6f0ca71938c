import Coding
import Replication

// For lines that break often, frames are cut shorter than they lie in the tables (Protocol 8.3).

/// A part of a body as it lies in a chunk, to be sent.
struct BodyPiece: Sendable {
  let hash: ContentHash
  let bodyLength: Int
  /// Where it begins in the body.
  let offset: Int
  /// Where it lies among the chunk's pieces, end to end.
  let range: Range<Int>
}

extension [BodyPiece] {
  /// The same in groups of at most `room` bytes, long ones in equal parts.
  func cut(to room: Int) -> [[BodyPiece]] {
    var groups: [[BodyPiece]] = []
    var length = 0
    for piece in flatMap({ $0.divided(to: room) }) {
      if groups.isEmpty || length + piece.range.count > room {
        groups.append([])
        length = 0
      }
      groups[groups.count - 1].append(piece)
      length += piece.range.count
    }
    return groups
  }

  /// The frame of these pieces of a chunk. Throws `damaged` where they do not lie in it.
  func frame(from chunk: BodyChunk) throws -> Frame {
    var builder = BodyChunkBuilder()
    for piece in self {
      guard piece.range.upperBound <= chunk.length else {
        throw StoreError.damaged("a body's piece lies outside its chunk")
      }
      builder.append(
        chunk.pieces(in: piece.range), of: piece.hash, bodyLength: piece.bodyLength,
        offset: piece.offset)
    }
    return try builder.frame()
  }
}

extension BodyPiece {
  fileprivate func divided(to room: Int) -> [BodyPiece] {
    guard range.count > room else { return [self] }
    let count = (range.count + room - 1) / room
    let step = (range.count + count - 1) / count
    return stride(from: range.lowerBound, to: range.upperBound, by: step).map {
      BodyPiece(
        hash: hash, bodyLength: bodyLength, offset: offset + $0 - range.lowerBound,
        range: $0..<Swift.min($0 + step, range.upperBound))
    }
  }
}

extension SequenceSet {
  /// The same sequences in at most `count` sets of about equal size, ascending.
  func divided(into count: Int) -> [SequenceSet] {
    let size = max(1, (self.count + UInt64(count) - 1) / UInt64(count))
    var sets: [SequenceSet] = []
    var gathered: [ClosedRange<UInt64>] = []
    var room = size
    for range in ranges {
      var start = range.lowerBound
      while start <= range.upperBound {
        let end = min(range.upperBound, start + (room - 1))
        gathered.append(start...end)
        room -= end - start + 1
        if room == 0 {
          sets.append(SequenceSet(gathered))
          (gathered, room) = ([], size)
        }
        start = end + 1
      }
    }
    return gathered.isEmpty ? sets : sets + [SequenceSet(gathered)]
  }
}

/// Reads frames of the log as blocks, keeping the last: a frame that is cut is read once.
final class BlockReader {
  private let log: FrameLog
  private var last: (id: Int64, block: OperationBlock)?

  init(_ log: FrameLog) {
    self.log = log
  }

  func block(_ id: Int64) throws -> OperationBlock {
    if let last, last.id == id { return last.block }
    // One at a time: they are large.
    last = nil
    let block = try log.block(id)
    last = (id, block)
    return block
  }
}
