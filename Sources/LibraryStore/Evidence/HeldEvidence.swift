import Files
import Foundation
import Replication

/// A machine's evidence during one transaction: locked from the first look at it until the commit
/// has succeeded or failed, since another database of the library may be about to write as well.
///
/// A reference, shared by the transaction's parts, that never leaves the transaction.
final class HeldEvidence {
  private let file: EvidenceFile
  private let waitMilliseconds: Int
  private let isDryRun: Bool
  private var lock: Int32?
  /// As it was before it was raised.
  private var before: OwnIdentities.Evidence?
  private var current: OwnIdentities.Evidence?

  /// - Parameter isDryRun: whether it is looked at without a lock, and never raised.
  init(
    _ guardian: IdentityGuard, library: [UInt8], waitMilliseconds: Int, isDryRun: Bool = false
  ) {
    file = EvidenceFile(guardian, library: library)
    self.waitMilliseconds = waitMilliseconds
    self.isDryRun = isDryRun
  }

  deinit {
    // Unlocks it.
    if let lock { close(lock) }
  }

  /// What the evidence says. Throws `busy` where another process held it for too long.
  func rows() throws -> OwnIdentities.Evidence {
    if let current { return current }
    if !isDryRun { try takeLock() }
    let rows = file.read()
    current = rows
    return rows
  }

  /// Makes it say `rows`; durable on return.
  func raise(to rows: OwnIdentities.Evidence) throws {
    let present = try self.rows()
    guard rows != present, !isDryRun else { return }
    // Also what was refused may be there: a name that was given and could not be flushed.
    before = before ?? present
    try recording { () throws(FileError) in try file.write(rows) }
    current = rows
  }

  /// Takes back what was raised for a commit that failed. Where that fails too, an id is lost and no
  /// data: the record of a write that was not made fits no database.
  func lower() {
    guard let before else { return }
    try? file.write(before)
    self.before = nil
  }

  private func takeLock() throws {
    let handle = try recording { () throws(FileError) in try file.openLock() }
    lock = handle
    for _ in 0...(waitMilliseconds / HeldEvidence.pauseMilliseconds) {
      if flock(handle, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw StoreError.cannotRecord(
          path: file.directory.shown, reason: SystemReason.text(ofCode: errno))
      }
      usleep(UInt32(HeldEvidence.pauseMilliseconds) * 1_000)
    }
    throw StoreError.busy(waitedMilliseconds: waitMilliseconds)
  }

  private func recording<Result>(_ body: () throws(FileError) -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw StoreError.cannotRecord(path: file.directory.shown, reason: error.reason)
    }
  }

  /// A lock that is waited for by the system cannot be waited for a bounded time.
  private static let pauseMilliseconds = 5
}
