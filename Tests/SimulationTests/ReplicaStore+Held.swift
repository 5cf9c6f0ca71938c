import Coding
import LibraryStore
import Replication

extension ReplicaStore {
  /// The operations of the log that whoever knows `basis` lacks.
  func held(since basis: Knowledge = Knowledge()) throws -> [Operation] {
    try withDelta(since: basis, includingBodies: false) { plan, frame in
      try plan.parts.flatMap { try OperationBlock(payload: frame($0).payload()).operations() }
    }.get()
  }
}
