import Coding
import LibraryStore
import Replication

/// What one transaction applies.
struct ContentBatch: Sendable {
  private(set) var operations: [(frame: Frame, block: OperationBlock)] = []
  private(set) var bodies: [VerifiedChunk] = []
  private(set) var frameCount = 0
  private(set) var storedBytes = 0
  /// About how many bytes the batch takes.
  private(set) var memory = 0
  private var bodyLength = 0

  /// Large enough that a transaction's fixed cost is lost in it, small enough for memory: merging
  /// takes half as much again.
  var isFull: Bool { memory >= ContentBatch.maximumMemory }

  static let maximumMemory = 20 << 20

  /// Whether it pays to commit the batch, where nothing else is being committed, though it could hold
  /// more. Operations gain from every one that lies beside them; bodies cost a transaction.
  var isWorthCommitting: Bool { bodyLength >= ContentBatch.minimumBodyLength }

  private static let minimumBodyLength = 2 << 20

  mutating func append(_ decoded: DecodedFrame) {
    frameCount += 1
    memory += decoded.memory
    switch decoded {
    case .operations(let frame, let block):
      operations.append((frame, block))
      storedBytes += frame.length
    case .bodies(let chunk):
      bodies.append(chunk)
      storedBytes += chunk.frame.length
      bodyLength += chunk.frame.inflatedLength
    case .other: break
    }
  }
}

extension ReplicaStore {
  func merge(
    _ batch: ContentBatch,
    concluding claim: (statement: DeltaStatement, sender: PeerReport)? = nil,
    of header: ContentHash? = nil, now: Int64
  ) throws(StoreError) -> MergeResult {
    let changes = try merge(
      operations: batch.operations, bodies: batch.bodies, concluding: claim, of: header,
      now: now)
    return MergeResult(changes, from: claim?.sender.replica, bytes: batch.storedBytes)
  }
}
