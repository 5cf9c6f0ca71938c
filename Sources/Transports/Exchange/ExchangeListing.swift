import Files
import Replication

/// What of one library lies in a place (Protocol 7.1), as one listing told.
package struct ExchangeListing: Sendable, Equatable {
  /// By writer, then by number.
  package private(set) var files: [File] = []
  /// Whether the mark lies there.
  package private(set) var isMarked = false

  /// A file of the library's.
  package struct File: Sendable, Hashable {
    package let name: ExchangeName
    /// In bytes.
    package let length: Int
    /// Of the library.
    private let folder: FilePath
    /// Whether it lies in the folder itself, as files do now.
    fileprivate let isFlat: Bool

    init(name: ExchangeName, length: Int, in folder: FilePath, isFlat: Bool = true) {
      self.name = name
      self.length = length
      self.folder = folder
      self.isFlat = isFlat
    }

    /// Where it lies in the storage. It is made anew, since very many may be listed.
    package var path: FilePath {
      isFlat
        ? folder.appending(name.text)
        : folder.appending("\(name.replica)").appending(name.textWithoutReplica)
    }
  }

  /// Lists a storage once. Other names than the layout's are passed over.
  init(of library: [UInt8], in storage: some Storage) async throws(BundleError) {
    let folder = ExchangeListing.folder(of: library)
    let listed: [StoredFile]
    do {
      listed = try await storage.list(folder) { ExchangeName.replica($0.string) != nil }
    } catch {
      throw .file(error)
    }
    self.init(listed, in: folder)
  }

  init(_ listed: [StoredFile], in folder: FilePath) {
    let (home, mark) = (folder.string, ExchangeListing.mark(in: folder))
    isMarked = listed.contains { $0.name == mark }
    files = listed.compactMap { ExchangeListing.file($0, in: folder, home) }
    files.sort { $0.name == $1.name ? $0.isFlat && !$1.isFlat : $0.name < $1.name }
    // Of one name in two places, the one that lies as files do now.
    var last: ExchangeName?
    files.removeAll { file in
      defer { last = file.name }
      return file.name == last
    }
  }

  /// As text, since a storage lists many names and a path takes long to be taken apart.
  private static func file(_ stored: StoredFile, in folder: FilePath, _ home: String) -> File? {
    let parts = stored.name.string.split(separator: "/", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts[0] == home else { return nil }
    let isFlat = parts.count == 2
    let name =
      isFlat
      ? ExchangeName(String(parts[1]))
      : ExchangeName.replica(String(parts[1])).flatMap { ExchangeName(parts[2], of: $0) }
    return name.map { File(name: $0, length: stored.length, in: folder, isFlat: isFlat) }
  }

  /// Whether this place is one of the library's.
  var isOfLibrary: Bool { isMarked || !files.isEmpty }
}

extension ExchangeListing {
  /// The folder of a library in a place: the first sixteen bytes of its key.
  static func folder(of library: [UInt8]) -> FilePath {
    FilePath(Hexadecimal.text(of: library.prefix(16)))
  }

  /// By which a place from which every file was taken is still known.
  static func mark(in folder: FilePath) -> FilePath { folder.appending("library") }

  /// Whether anything of another library than `library` lies in the storage.
  static func hasOthers(
    than library: [UInt8], in storage: some Storage
  ) async throws(BundleError) -> Bool {
    let own = folder(of: library)
    let listed: [StoredFile]
    do {
      // The folder of a library is called like a replica: sixteen bytes.
      listed = try await storage.list(FilePath()) { ExchangeName.replica($0.string) != nil }
    } catch {
      throw .file(error)
    }
    let folders = Set(listed.map { $0.name.removingLastComponent() }).filter {
      $0 != own && $0.components.count == 1
        && $0.lastComponent.flatMap { ExchangeName.replica($0.string) } != nil
    }
    return folders.contains { ExchangeListing(listed, in: $0).isOfLibrary }
  }
}
