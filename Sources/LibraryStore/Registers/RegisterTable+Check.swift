import Coding
import Replication

extension RegisterTable {
  /// Calls `body` with every register; returns the keys of the runs that do not read, ascending.
  ///
  /// What `body` throws of its own counts as damage of the run.
  ///
  /// - Parameter progress: called before each run.
  func check(_ body: (Register) throws -> Void, progress: () -> Void) throws -> [RegisterKey] {
    var last: RegisterKey?
    var damaged: Set<RegisterKey> = []
    try runs.walk { run in
      progress()
      // The row before may hold nothing that belongs in this one.
      if last.map({ $0 >= run.lowest }) ?? (run.lowest != .zero) { damaged.insert(run.lowest) }
      do {
        try check(run, after: &last, body)
      } catch is StoreError, is ReplicationError, is CodingError {
        damaged.insert(run.lowest)
      }
    }
    return damaged.sorted()
  }

  /// Throws `damaged` where the run does not read or holds what does not belong in it.
  private func check(
    _ run: RegisterRun, after last: inout RegisterKey?, _ body: (Register) throws -> Void
  ) throws {
    try run.bytes.withUnsafeBytes { bytes in
      try RegisterRun.walk(bytes) { group in
        guard !group.registers.isEmpty,
          group.entity > last?.entity ?? 0 || group.span.lowerBound == 0
        else { throw PackedRegister.damage }
        let entity = try transaction.interner.entity(group.entity)
        try group.walk(bytes) { packed, value in
          let key = RegisterKey(entity: group.entity, field: packed.field)
          guard key >= run.lowest, last.map({ $0 < key }) ?? true else {
            throw PackedRegister.damage
          }
          last = key
          let id = RegisterID(entity, try transaction.interner.field(packed.field))
          try body(
            register(id, packed: packed, value: Array(value), entity: group.entity))
        }
      }
    }
  }

  /// Takes runs away with all that is in them.
  func remove(_ runs: [RegisterKey]) throws { try self.runs.remove(runs) }
}
