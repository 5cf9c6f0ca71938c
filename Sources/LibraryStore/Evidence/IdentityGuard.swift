import Coding
import Files
import Foundation
import Replication

/// Finds the evidence outside the database that tells which of a database's ids it may write as: a
/// copied or restored one would issue sequences again, and every library that carried on would lose
/// data (Protocol 1.10, 6.7).
public struct IdentityGuard: Sendable {
  /// Outside every library.
  public let directory: FilePath
  /// What tells this machine from others.
  public let machine: String

  public init(stateDirectory: FilePath, machine: String = IdentityGuard.machineIdentifier()) {
    directory = stateDirectory
    self.machine = machine
  }

  /// Why a database may not write as the replica it last wrote as.
  public enum Mismatch: Sendable, Equatable {
    /// This machine has never written as that replica, or lost its evidence.
    case noEvidence
    /// The machine's last writing as that replica is not what the database holds.
    case outOfStep(issued: UInt64, found: UInt64)
  }

  /// The evidence as it is now, which another process may be raising.
  func evidence(of library: [UInt8]) -> OwnIdentities.Evidence {
    EvidenceFile(self, library: library).read()
  }

  /// Notes what a replica that is being made has issued; nil takes it out again.
  func note(
    _ issued: Issued?, of replica: ReplicaID, _ library: [UInt8], waitMilliseconds: Int
  ) throws {
    let held = HeldEvidence(self, library: library, waitMilliseconds: waitMilliseconds)
    var rows = try held.rows()
    rows[replica] = issued
    try held.raise(to: rows)
  }
}

extension IdentityGuard {
  /// The machine's own id where the system keeps one, else its host name.
  public static func machineIdentifier() -> String {
    let file = try? InputFile.contents(of: "/etc/machine-id", .named, limit: 4_096)
    let text = (file ?? []).prefix { $0 > UInt8(ascii: " ") }
    return text.isEmpty
      ? ProcessInfo.processInfo.hostName : String(decoding: text, as: UTF8.self)
  }

  /// `$XDG_STATE_HOME/satchel`, else `~/.local/state/satchel`.
  public static func defaultStateDirectory() -> FilePath {
    let state = FilePath.variable("XDG_STATE_HOME") ?? FilePath.home.pushing(".local/state")
    return state.appending("satchel")
  }
}
