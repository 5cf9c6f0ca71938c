import Coding
import LibraryStore
import Replication

/// A delta as a store sends it: frames, and what may be concluded from having all of them.
struct Letter: Sendable {
  typealias Item = (frame: Frame, block: OperationBlock)

  var items: [Item]
  var chunks: [VerifiedChunk]
  let statement: DeltaStatement
  let sender: PeerReport

  func operations() throws -> [Operation] { try items.flatMap { try $0.block.operations() } }
}

extension ReplicaStore {
  /// What a receiver that knows `basis` lacks.
  func letter(
    since basis: Knowledge = Knowledge(), wanted: [ContentHash] = []
  ) throws -> Letter {
    try withDelta(since: basis, wanted: wanted) { plan, frame in
      var letter = Letter(
        items: [], chunks: [], statement: plan.statement, sender: plan.sender)
      for part in plan.parts {
        let frame = try frame(part)
        if frame.kind == .operations {
          letter.items.append((frame, try OperationBlock(payload: frame.payload())))
        } else {
          letter.chunks.append(try VerifiedChunk(frame))
        }
      }
      return letter
    }.get()
  }

  /// Takes all of a letter in; returns what its sender knows and is still missing.
  @discardableResult
  func take(_ letter: Letter, now: Int64 = Sample.now) throws -> Knowledge {
    _ = try merge(operations: letter.items, bodies: letter.chunks, now: now)
    let conclusion = try conclude(letter.statement, from: letter.sender, now: now)
    if conclusion.diverged { tellDivergence(from: letter.sender.replica) }
    return conclusion.missing
  }
}

/// One letter from `sender` with what `receiver` lacks.
func send(from sender: ReplicaStore, to receiver: ReplicaStore) async throws {
  let basis = try await receiver.report()
  let letter = try await sender.letter(since: basis.knowledge, wanted: basis.wanted)
  try await receiver.take(letter)
}
