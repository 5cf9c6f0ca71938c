import Coding
import LibraryStore

/// What one transaction applies.
struct ContentBatch: Sendable {
  private(set) var operations: [(frame: Frame, block: OperationBlock)] = []
  private(set) var bodies: [VerifiedChunk] = []
  private(set) var frameCount = 0
  private(set) var storedBytes = 0
  private var inflatedBytes = 0
  private var operationCount = 0

  var isEmpty: Bool { operations.isEmpty && bodies.isEmpty }

  /// Large enough that a transaction's fixed cost is lost in it, small enough for memory.
  var isFull: Bool { operationCount >= 1 << 18 || inflatedBytes >= 8 << 20 }

  mutating func append(_ decoded: DecodedFrame) {
    frameCount += 1
    switch decoded {
    case .operations(let frame, let block):
      operations.append((frame, block))
      operationCount += block.count
      count(frame)
    case .bodies(let chunk):
      bodies.append(chunk)
      count(chunk.frame)
    case .other: break
    }
  }

  private mutating func count(_ frame: Frame) {
    storedBytes += frame.length
    inflatedBytes += frame.inflatedLength
  }
}

extension ReplicaStore {
  func merge(_ batch: ContentBatch, now: Int64) throws(StoreError) -> BatchResult {
    try merge(operations: batch.operations, bodies: batch.bodies, now: now)
  }
}
