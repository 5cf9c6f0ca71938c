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

  /// Whose folder a file lies in, and what it is called there; nil where it is nobody's.
  func place(of name: FilePath) -> (replica: ReplicaID, name: Substring)? {
    // As text, since a storage lists many names and a path takes long to be taken apart.
    let parts = name.string.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == folder.string,
      let replica = ExchangeLayout.replica(parts[1])
    else { return nil }
    return (replica, parts[2])
  }

  /// The replica whose folder has this name.
  private static func replica(_ name: some StringProtocol) -> ReplicaID? {
    guard name.utf8.count == 32, name == name.lowercased(),
      let bytes = Hexadecimal.bytes(of: name), let key = Identifier(bytes: bytes)
    else { return nil }
    return ReplicaID(key)
  }

  /// Every file of the layout, by writer and then by number. Other names are passed over.
  func files(in storage: some Storage) async throws(BundleError) -> [ExchangeFile] {
    let listed: [StoredFile]
    do {
      listed = try await storage.list(folder) { ExchangeLayout.replica($0.string) != nil }
    } catch {
      throw .file(error)
    }
    return listed.compactMap { ExchangeFile($0, in: self, of: storage) }
      .sorted(by: ExchangeLayout.precedes)
  }

  private static func precedes(_ file: ExchangeFile, _ other: ExchangeFile) -> Bool {
    let (key, otherKey) = (
      (file.replica, file.numbers.upperBound), (other.replica, other.numbers.upperBound)
    )
    return key == otherKey ? file.path.text < other.path.text : key < otherKey
  }
}
