import GRDB
import Replication

/// An address that gave no picture, and when it may be asked again.
package struct FailedPicture: Sendable, Hashable {
  package let address: String
  package let reason: String
  /// Milliseconds since 1970.
  package let until: Int64

  package init(address: String, reason: String, until: Int64) {
    (self.address, self.reason, self.until) = (address, reason, until)
  }
}

extension ReplicaStore {
  /// Why an address is not to be asked yet; nil where it may be.
  package nonisolated func failure(
    ofPicture address: String, now: Int64
  ) async throws(StoreError) -> String? {
    try await view { db in
      try String.fetchOne(
        db, sql: "SELECT reason FROM failed_picture WHERE address = ? AND until > ?",
        arguments: [address, now])
    }
  }

  /// Remembers which addresses gave no picture, of this machine alone: the ``Limits/failedPictures``
  /// that are to be asked last.
  package func note(failed pictures: [FailedPicture], now: Int64) throws(StoreError) {
    guard !pictures.isEmpty else { return }
    try change { transaction in
      let db = transaction.db
      for picture in pictures {
        try db.execute(
          sql: "INSERT OR REPLACE INTO failed_picture VALUES (?, ?, ?)",
          arguments: [picture.address, picture.reason, picture.until])
      }
      try db.execute(
        sql: """
          DELETE FROM failed_picture WHERE until <= ? OR address NOT IN (
            SELECT address FROM failed_picture ORDER BY until DESC, address LIMIT ?)
          """, arguments: [now, Limits.failedPictures])
    }
  }
}
