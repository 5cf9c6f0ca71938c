import Coding
import Files
import Foundation
import GRDB
import Replication

/// What is sent in a session, read frame by frame at the receiver's pace from one snapshot.
///
/// It has a connection of its own, so that a slow receiver keeps nobody from writing; until it is
/// read to its end or let go, the journal keeps what has changed since.
package actor DeltaSnapshot {
  package nonisolated let plan: DeltaPlan
  /// Nil once the snapshot is given back.
  private var queue: DatabaseQueue?
  private let planner: DeltaPlanner
  private let busyTimeoutMilliseconds: Int
  private var next = 0

  init(
    _ selection: DeltaSelection, longestFrame: Int, of file: FilePath, busyTimeoutMilliseconds: Int
  ) throws(StoreError) {
    let (queue, planner, plan) = try StoreError.wrapping(
      busyTimeoutMilliseconds: busyTimeoutMilliseconds
    ) {
      // The transaction lasts from here to the last frame, over many calls.
      let queue = try DatabaseQueue.readingOnly(file, waiting: busyTimeoutMilliseconds)
      let (planner, plan) = try queue.inDatabase { db in
        try db.tellingMediumFaults {
          try db.beginTransaction(.deferred)
          let planner = DeltaPlanner(
            try StoreTransaction(db), basis: selection.basis, longestFrame: longestFrame)
          return (planner, try planner.plan(selection))
        }
      }
      return (queue, planner, plan)
    }
    self.queue = queue
    self.planner = planner
    self.plan = plan
    self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
  }

  /// The next frame; nil after the last.
  package func nextFrame() throws(StoreError) -> Frame? {
    guard let queue, next < plan.parts.count else { return nil }
    let part = plan.parts[next]
    let frame = try StoreError.wrapping(busyTimeoutMilliseconds: busyTimeoutMilliseconds) {
      try queue.inDatabase { db in try db.tellingMediumFaults { try planner.frame(part) } }
    }
    next += 1
    if next == plan.parts.count { self.queue = nil }
    return frame
  }
}

extension ReplicaStore {
  /// Plans what to send, in a snapshot of now; in frames of about `longestFrame` bytes at most,
  /// but for an operation that alone is longer.
  package nonisolated func snapshot(
    _ selection: DeltaSelection, longestFrame: Int = Limits.frameInflatedBytes
  ) throws(StoreError) -> DeltaSnapshot {
    try DeltaSnapshot(
      selection, longestFrame: longestFrame, of: file,
      busyTimeoutMilliseconds: options.busyTimeoutMilliseconds)
  }

  /// Bodies that are named and not here, ascending, those above `last`.
  package func wantedBodies(
    after last: ContentHash?, atMost limit: Int
  ) throws(StoreError) -> [WantedBody] {
    try read { try BodyTable($0).wanted(after: last, atMost: limit) }
  }
}

extension DeltaPlanner {
  fileprivate func plan(_ selection: DeltaSelection) throws -> DeltaPlan {
    switch selection {
    case .delta(_, let withBodies): try delta(wanted: [], includingBodies: withBodies)
    case .everything: try delta(wanted: [], includingBodies: false)
    case .bodies(let wanted): try bodies(wanted)
    }
  }
}

extension DeltaSelection {
  fileprivate var basis: Knowledge {
    if case .delta(let basis, _) = self { basis } else { Knowledge() }
  }
}
