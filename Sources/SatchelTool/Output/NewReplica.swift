import Files
import Foundation
import Satchel

/// What `init` and `join` share.
enum NewReplica {
  /// The host's name up to its first dot.
  static var hostName: String {
    let name = ProcessInfo.processInfo.hostName.prefix { $0 != "." }
    return name.isEmpty ? "replica" : String(name.prefix(48))
  }

  static func tell(
    _ library: Library, _ options: GlobalOptions, _ line: String, next: String
  ) async throws {
    guard options.json else { return options.console.say("\(line)   Next: \(next)") }
    options.console.json(
      Summary(
        library: Hexadecimal.text(of: library.key),
        replica: ReplicaJSON(
          id: try await library.replicaID().description, name: try await library.replicaName()),
        path: library.folder.shown))
  }

  private struct Summary: Encodable {
    let type = "summary"
    let library: String
    let replica: ReplicaJSON
    let path: String
  }
}

/// A replica as scripts read it.
struct ReplicaJSON: Encodable {
  let id: String
  let name: String?
}
