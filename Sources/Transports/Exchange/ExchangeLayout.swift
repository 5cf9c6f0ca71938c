import Files
import Replication

/// The part of a storage that belongs to one library: a folder of its own, and in it one for each
/// replica that writes (Protocol 7.1).
struct ExchangeLayout {
  let folder: FilePath

  init(library: [UInt8]) {
    folder = FilePath(Hexadecimal.text(of: library.prefix(16)))
  }

  func folder(of replica: ReplicaID) -> FilePath { folder.appending("\(replica)") }

  /// Whose folder a file lies in; nil where it is nobody's.
  func replica(of name: FilePath) -> ReplicaID? {
    let home = name.removingLastComponent()
    guard home.removingLastComponent() == folder else { return nil }
    return home.lastComponent.flatMap(ExchangeLayout.replica)
  }

  /// The replica whose folder has this name.
  static func replica(_ component: FilePath.Component) -> ReplicaID? {
    let name = component.string
    guard name.utf8.count == 32, name == name.lowercased(),
      let bytes = Hexadecimal.bytes(of: name), let key = Identifier(bytes: bytes)
    else { return nil }
    return ReplicaID(key)
  }

  /// Every file of the layout, by writer and then by number. Other names are passed over.
  func files(in storage: some Storage) async throws(BundleError) -> [ExchangeFile] {
    let listed: [StoredFile]
    do {
      listed = try await storage.list(folder) { ExchangeLayout.replica($0) != nil }
    } catch {
      throw .file(error)
    }
    return listed.compactMap { ExchangeFile($0, in: self, of: storage) }.sorted {
      ($0.replica, $0.numbers.upperBound, $0.path.text)
        < ($1.replica, $1.numbers.upperBound, $1.path.text)
    }
  }
}
