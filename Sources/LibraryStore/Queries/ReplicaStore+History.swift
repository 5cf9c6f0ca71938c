import Replication

extension ReplicaStore {
  /// Where the conflicts lie: the same list on every replica of equal knowledge, in the same order.
  package nonisolated func conflictPlaces() async throws(StoreError) -> ConflictPlaces {
    try await view { ConflictPlaces(places: try ConflictQuery(StoreTransaction($0)).places()) }
  }

  /// The conflicts at some of the places, in their order. What was settled meanwhile is left out.
  ///
  /// - Parameter previous: the conflict that was read before them. Of one register's conflicts the
  ///   first read say what is shown and what a restoring write covers.
  package nonisolated func conflicts(
    at numbers: Range<Int>, of places: ConflictPlaces, after previous: Conflict? = nil
  ) async throws(StoreError) -> [Conflict] {
    try await view {
      try ConflictQuery(StoreTransaction($0))
        .conflicts(at: places.places[numbers], after: previous)
    }
  }

  /// The conflicts of one register, the weakest first.
  package nonisolated func conflicts(
    of register: RegisterID
  ) async throws(StoreError) -> [Conflict] {
    try await view { try ConflictQuery(StoreTransaction($0)).conflicts(of: register) }
  }

  /// How many there are.
  package nonisolated func conflictCount() async throws(StoreError) -> Int {
    try await view { try ConflictQuery(StoreTransaction($0)).count() }
  }

  /// What an author is shown of a register, to be handed back with what they write.
  package nonisolated func shown(_ register: RegisterID) async throws(StoreError) -> Shown {
    try await view { try RegisterTable(StoreTransaction($0)).shown(register) }
  }

  /// Where the operations lie that are still in the log, and the authored text that was replaced
  /// here: by stamp, newest last.
  ///
  /// - Parameters:
  ///   - entity: only of this one; nil for all.
  ///   - replica: only written by this one; nil for all.
  ///   - since: only stamped at or after these milliseconds since 1970.
  ///   - limit: only the newest so many; nil for all.
  package nonisolated func logPlaces(
    of entity: EntityID? = nil, replica: ReplicaID? = nil, since: Int64 = 0, limit: Int? = nil
  ) async throws(StoreError) -> LogPlaces {
    try await view {
      try LogQuery(StoreTransaction($0)).places(
        of: entity, by: replica, since: Stamp(wallMilliseconds: since), limit: limit)
    }
  }

  /// The operations at some of the places, in their order. What a compact removed meanwhile is left
  /// out.
  package nonisolated func logEntries(
    at numbers: Range<Int>, of places: LogPlaces
  ) async throws(StoreError) -> [LogEntry] {
    try await view { try LogQuery(StoreTransaction($0)).entries(at: numbers, of: places) }
  }
}
