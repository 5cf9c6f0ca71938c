import Coding
import LibraryStore

/// A frame of content, read as far as it can be off the store's thread.
enum DecodedFrame: Sendable {
  case operations(Frame, OperationBlock)
  case bodies(VerifiedChunk)
  /// Of a kind this version does not know.
  case other(Frame)

  /// About how many bytes of memory a frame and what is read from it take, told before reading:
  /// the columns of small operations are larger than the payload they come from.
  static func maximumMemory(_ frame: Frame) -> Int {
    frameMemory + frame.stored.count
      + (frame.kind == .operations ? 12 : 1) * frame.inflatedLength
  }

  /// About what a frame takes on its way though nothing is in it.
  private static let frameMemory = 1_024

  /// About how many bytes of memory this takes until it is committed.
  var memory: Int {
    switch self {
    case .operations(let frame, let block): frame.stored.count + block.memory
    case .bodies(let chunk): chunk.memory
    case .other: 0
    }
  }

  enum Fault: Error {
    case unreadable(CodingError)
    /// A body is not what its name says.
    case otherBody
  }

  init(_ frame: Frame) throws(Fault) {
    do {
      switch frame.kind {
      case .operations: self = .operations(frame, try OperationBlock(payload: frame.payload()))
      case .bodies: self = .bodies(try VerifiedChunk(frame))
      default: self = .other(frame)
      }
    } catch let error as CodingError {
      throw .unreadable(error)
    } catch {
      throw .otherBody
    }
  }
}
