import ArgumentParser
import Files
import Foundation
import Satchel

struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Count articles, replicas, conflicts, missing bodies, space.")

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let status = try await library.status()
    if options.json {
      let remotes = try await library.remotes()
      return options.console.json(StatusJSON(status, library: library, remotes: remotes))
    }
    for line in lines(status, library) { options.console.print(line) }
    let remotes = try await library.remotes()
    var table = Table(columns: [.left, .left])
    for remote in remotes {
      table.append(["Remote \(remote.name):", PathText.shown(remote.target)])
    }
    for line in table.lines(options.console) { options.console.print(line) }
    if let line = crowd(status, remotes) { options.console.print(line) }
  }

  /// What is said of a place that many share: each reads what every other writes.
  private func crowd(_ status: LibraryStatus, _ remotes: [NamedTarget]) -> String? {
    let month: Int64 = 30 * 86_400_000
    let now = Int64(Date().timeIntervalSince1970 * 1_000)
    let members = status.peers.count {
      !$0.isRetired && ($0.isOwn || now - ($0.heardMilliseconds ?? .min / 2) < month)
    }
    guard members > 50,
      remotes.contains(where: { (try? SyncTarget($0.target))?.holdsFiles == true })
    else { return nil }
    return "\(members) replicas share this library, and each reads what every other writes: over "
      + "some 50, a store may refuse so many requests. Where one writes and many only read, a "
      + "publication serves better; retire replicas that are gone: satchel replica retire"
  }

  private func lines(_ status: LibraryStatus, _ library: Library) -> [String] {
    let own = status.peers.first { $0.replica == status.replica }
    var lines = [
      "Library \(library.shortName), replica \(TerminalEscape.escaped(own?.name ?? "unnamed"))",
      "\(Text.count(status.articles, "article")): \(Text.number(status.unread)) unread, "
        + "\(Text.number(status.starred)) starred",
      "\(Text.count(status.operations, "operation")) known, fingerprint \(status.fingerprint)",
      "\(Text.bytes(status.chunkBytes)) of bodies (\(Text.bytes(status.bodyBytes)) as text), "
        + "\(Text.bytes(status.logBytes)) of log",
    ]
    var peers = Table(columns: [.left, .left, .left])
    for peer in status.peers where !peer.isOwn && !peer.isRetired { peers.append(row(of: peer)) }
    lines += peers.lines(options.console)
    if status.keeping.policy != nil {
      lines += status.keeping.lines
    } else if status.missingBodies > 0 {
      let count = status.missingBodies
      lines.append("\(Text.number(count)) \(count == 1 ? "body is" : "bodies are") missing here")
    }
    if status.conflicts > 0 {
      lines.append("\(Text.count(status.conflicts, "conflict")): satchel conflicts")
    }
    for divergence in status.diverged {
      let peer = status.peers.first { $0.replica == divergence.replica }
      lines.append(
        "Replica \(name(of: divergence.replica, peer)) knows the same and holds something else "
          + "since \(Text.time(milliseconds: divergence.sinceMilliseconds)): satchel sync heals "
          + "it, or bundles that both make with --full and the other merges")
    }
    if status.stampsAhead > 0 {
      lines.append(
        "\(Text.count(status.stampsAhead, "register")) stamped more than a day ahead: "
          + "some replica's clock was wrong")
    }
    return lines
  }

  private func name(of replica: ReplicaID, _ peer: PeerStatus?) -> String {
    TerminalEscape.escaped(peer?.name ?? String(replica.description.prefix(8)))
  }

  private func row(of peer: PeerStatus) -> [String] {
    let name = "Replica \(peer.name ?? String(peer.replica.description.prefix(8))):"
    guard let heard = peer.heardMilliseconds else {
      return [name, "never reported;", "lacks up to \(Text.count(peer.lacks, "operation"))"]
    }
    return [
      name, "last heard \(Text.time(milliseconds: heard));",
      "lacks \(Text.number(peer.lacks)), we lack \(Text.number(peer.weLack))",
    ]
  }
}

/// The keys are promised: change none.
private struct StatusJSON: Encodable {
  let library: String
  let replica: ReplicaJSON
  let articles: Int
  let unread: Int
  let starred: Int
  let operations: UInt64
  let knowledge: RangesJSON
  let fingerprint: String
  let missingBodies: Int
  let keeping: KeepingJSON
  let conflicts: Int
  let diverged: [String]
  let stampsAhead: Int
  let replicas: [Peer]
  let remotes: [RemoteJSON]
  let bytes: Bytes

  struct Peer: Encodable {
    let id: String
    let name: String?
    let retired: Bool
    let heard: String?
    let lacks: UInt64
    let weLack: UInt64

    enum CodingKeys: String, CodingKey {
      case id, name, retired, heard, lacks
      case weLack = "we_lack"
    }
  }

  struct Bytes: Encodable {
    let bodies: Int
    let chunks: Int
    let log: Int
    let search: Int
  }

  enum CodingKeys: String, CodingKey {
    case library, replica, articles, unread, starred, operations, knowledge, fingerprint
    case missingBodies = "missing_bodies"
    case keeping, conflicts, diverged
    case stampsAhead = "stamps_ahead"
    case replicas, remotes, bytes
  }

  init(
    _ status: LibraryStatus, library: Library, remotes: [NamedTarget]
  ) {
    self.remotes = remotes.map { RemoteJSON(name: $0.name, target: PathText.shown($0.target)) }
    self.library = Hexadecimal.text(of: library.key)
    let own = status.peers.first { $0.replica == status.replica }
    replica = ReplicaJSON(id: status.replica.description, name: own?.name)
    articles = status.articles
    unread = status.unread
    starred = status.starred
    operations = status.operations
    knowledge = RangesJSON(status.knowledge)
    fingerprint = status.fingerprint.description
    missingBodies = status.missingBodies
    keeping = KeepingJSON(status.keeping)
    conflicts = status.conflicts
    diverged = status.diverged.map(\.replica.description)
    stampsAhead = status.stampsAhead
    replicas = status.peers.map {
      Peer(
        id: $0.replica.description, name: $0.name, retired: $0.isRetired,
        heard: $0.heardMilliseconds.map { Text.time(milliseconds: $0) }, lacks: $0.lacks,
        weLack: $0.weLack)
    }
    bytes = Bytes(
      bodies: status.bodyBytes, chunks: status.chunkBytes, log: status.logBytes,
      search: status.searchBytes)
  }
}
