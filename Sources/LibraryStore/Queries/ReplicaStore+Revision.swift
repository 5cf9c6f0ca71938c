import GRDB

extension ReplicaStore {
  /// A number that grows with every change of what is shown, whoever made it, another process
  /// included. Reading it is one look at one row.
  package nonisolated func revision() async throws(StoreError) -> Int64 {
    try await view { try Int64.fetchOne($0, sql: "SELECT revision FROM state") ?? 0 }
  }
}
