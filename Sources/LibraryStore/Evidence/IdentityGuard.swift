import Coding
import Files
import Foundation
import Replication

/// Finds the evidence outside the database that tells which of a database's ids it may write as: a
/// copied or restored one would issue sequences again, and every library that carried on would lose
/// data (Protocol 1.10, 6.7).
package struct IdentityGuard: Sendable {
  /// Outside every library.
  package let directory: FilePath
  /// What tells this machine from others.
  package let machine: String

  package init(stateDirectory: FilePath, machine: String = IdentityGuard.machineIdentifier()) {
    directory = stateDirectory
    self.machine = machine
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
  package static func machineIdentifier() -> String {
    let file = try? InputFile.contents(of: "/etc/machine-id", .named, limit: 4_096)
    let text = (file ?? []).prefix { $0 > UInt8(ascii: " ") }
    return text.isEmpty
      ? ProcessInfo.processInfo.hostName : String(decoding: text, as: UTF8.self)
  }

  /// `$XDG_STATE_HOME/satchel`, else `~/.local/state/satchel`.
  package static func defaultStateDirectory() -> FilePath {
    let state = FilePath.variable("XDG_STATE_HOME") ?? FilePath.home.pushing(".local/state")
    return state.appending("satchel")
  }
}
