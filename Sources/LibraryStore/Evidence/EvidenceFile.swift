import Coding
import Files
import Foundation
import Replication

/// One machine's evidence for one library: a file of lines (Protocol 6.7).
struct EvidenceFile {
  let directory: FilePath
  private let name: String
  private let machine: String

  init(_ guardian: IdentityGuard, library: [UInt8]) {
    directory = guardian.directory
    machine = guardian.machine
    let machineHash = ContentHash(of: Array(machine.utf8)).description.prefix(16)
    name = "\(Hexadecimal.text(of: library.prefix(16)))-\(machineHash)"
  }

  /// Nothing where there is no file, or none of this machine's.
  func read() -> OwnIdentities.Evidence {
    // One that cannot be read is as good as none: it costs an id.
    guard
      let bytes = try? InputFile.contents(of: path, .found, limit: EvidenceFile.maximumLength)
    else { return [:] }
    var evidence: OwnIdentities.Evidence = [:]
    var isOurs = false
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "machine": isOurs = words[1] == machine
      case "replica":
        if let (replica, issued) = EvidenceFile.row(words[1]) { evidence[replica] = issued }
      default: break
      }
    }
    return isOurs ? evidence : [:]
  }

  /// Of as many lines as a library can have replicas.
  private static let maximumLength = 128 * Limits.replicas

  private static func row(_ text: Substring) -> (ReplicaID, Issued)? {
    let words = text.split(separator: " ")
    guard words.count >= 4, let replica = identifier(words[0]), let sequence = UInt64(words[1]),
      let file = UInt64(words[2]), let token = identifier(words[3])
    else { return nil }
    return (ReplicaID(replica), Issued(sequence: sequence, file: file, token: token))
  }

  private static func identifier(_ text: Substring) -> Identifier? {
    Hexadecimal.bytes(of: text).flatMap { Identifier(bytes: $0) }
  }

  /// Replaces the file as a whole; durable on return.
  func write(_ evidence: OwnIdentities.Evidence) throws(FileError) {
    let rows = evidence.sorted { $0.key < $1.key }.map { replica, issued in
      let token = Hexadecimal.text(of: issued.token.bytes)
      return "replica \(replica) \(issued.sequence) \(issued.file) \(token)\n"
    }
    let text = "machine \(machine)\n\(rows.joined())"
    try OutputFile.write(Array(text.utf8), to: path, .owner, .replacing, clearing: true)
  }

  /// Makes the directory, and opens the file that is locked while the evidence changes.
  func openLock() throws(FileError) -> Int32 {
    try Folder.make(directory, .owner)
    let path = directory.appending("\(name).lock")
    let handle = path.withPlatformString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
    guard handle >= 0 else { throw FileError(path, .system(errno)) }
    fchmod(handle, 0o600)
    return handle
  }

  private var path: FilePath { directory.appending("\(name).evidence") }
}
