import Foundation
import Replication

/// Evidence outside the database that this is the database it was: a copied or restored one would
/// issue sequences again, and every library that carried on would lose data (Protocol 1.10).
///
/// The evidence is a file per replica in the state directory: machine, device, inode, and the
/// highest sequence ever issued.
public struct IdentityGuard: Sendable {
  private let directory: URL
  private let machine: String

  /// - Parameters:
  ///   - stateDirectory: where the evidence lies, outside every library.
  ///   - machine: what tells this machine from others.
  public init(stateDirectory: URL, machine: String = IdentityGuard.machineIdentifier()) {
    directory = stateDirectory
    self.machine = machine
  }

  /// Why a database is not the one its replica id was given to.
  public enum Mismatch: Sendable, Equatable {
    case noEvidence
    case otherMachine
    /// Another file: a copy, or a backup that was moved into place.
    case otherFile
    /// The database is older than what it has issued.
    case rolledBack(issued: UInt64, found: UInt64)
  }

  /// Compares the evidence with the database file; nil when they agree.
  public func mismatch(
    of replica: ReplicaID, database: URL, lastSequence: UInt64
  ) -> Mismatch? {
    guard let text = try? String(contentsOf: file(of: replica), encoding: .utf8),
      let evidence = Evidence(text)
    else { return .noEvidence }
    guard evidence.machine == machine else { return .otherMachine }
    guard evidence.file == FileIdentity(of: database) else { return .otherFile }
    guard evidence.issued <= lastSequence else {
      return .rolledBack(issued: evidence.issued, found: lastSequence)
    }
    return nil
  }

  /// Writes the evidence, before the transaction that issues `issued` commits: after a crash in
  /// between, the database looks rolled back and takes a fresh id, which costs one id and no data.
  ///
  /// Throws `cannotRecord`.
  public func record(_ replica: ReplicaID, database: URL, issued: UInt64) throws(StoreError) {
    let identity = FileIdentity(of: database)
    let evidence = Evidence(machine: machine, file: identity, issued: issued)
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      try Data(evidence.text.utf8).write(to: file(of: replica), options: .atomic)
    } catch {
      throw .cannotRecord(path: directory.path, reason: SystemReason.text(of: error))
    }
  }

  private func file(of replica: ReplicaID) -> URL {
    directory.appendingPathComponent("\(replica).replica")
  }
}

extension IdentityGuard {
  /// The machine's own id where the system keeps one, else its host name.
  public static func machineIdentifier() -> String {
    let file = FileManager.default.contents(atPath: "/etc/machine-id") ?? Data()
    let text = file.prefix { $0 > UInt8(ascii: " ") }
    return text.isEmpty
      ? ProcessInfo.processInfo.hostName : String(decoding: text, as: UTF8.self)
  }

  /// `$XDG_STATE_HOME/satchel`, else `~/.local/state/satchel`.
  public static func defaultStateDirectory() -> URL {
    let directory =
      if let home = getenv("XDG_STATE_HOME").map({ String(cString: $0) }), home.hasPrefix("/") {
        "\(home)/satchel"
      } else {
        "\(getenv("HOME").map { String(cString: $0) } ?? NSHomeDirectory())/.local/state/satchel"
      }
    return URL(fileURLWithPath: directory, isDirectory: true)
  }
}

/// Which file on which device.
private struct FileIdentity: Equatable {
  let device: UInt64
  let inode: UInt64

  init?(of url: URL) {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }

  init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }
}

/// The file's four lines.
private struct Evidence {
  let machine: String
  let file: FileIdentity?
  let issued: UInt64

  init(machine: String, file: FileIdentity?, issued: UInt64) {
    self.machine = machine
    self.file = file
    self.issued = issued
  }

  init?(_ text: String) {
    var values: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    guard let machine = values["machine"], let device = values["device"].flatMap({ UInt64($0) }),
      let inode = values["inode"].flatMap({ UInt64($0) }),
      let issued = values["issued"].flatMap({ UInt64($0) })
    else { return nil }
    self.init(
      machine: String(machine), file: FileIdentity(device: device, inode: inode), issued: issued)
  }

  var text: String {
    """
    machine \(machine)
    device \(file?.device ?? 0)
    inode \(file?.inode ?? 0)
    issued \(issued)

    """
  }
}
