import Files
import TestSupport

@testable import Transports

/// The storages that the exchange is held to, one of each.
enum StorageKind: CaseIterable {
  case folder, memory

  func storage(in folder: TemporaryFolder) throws -> any Storage {
    switch self {
    case .folder:
      let share = FilePath(folder.url.path).appending("share")
      try Folder.make(share)
      return FolderStorage(share)
    case .memory: return MemoryStorage()
    }
  }
}

extension Storage {
  /// Every file of it in `folder`, by name.
  func names(in folder: FilePath) async throws -> [String] {
    try await list(folder) { _ in true }.map(\.name.string).sorted()
  }

  /// Writes a whole file.
  func put(_ bytes: [UInt8], in folder: FilePath, as name: FilePath.Component) async throws {
    let file = try create(in: folder, for: "writer")
    try file.write(bytes)
    try file.commit(as: folder.appending(name))
    try await flush()
  }

  /// The whole of a file.
  func contents(of name: FilePath) async throws -> [UInt8] {
    guard let reader = try await read([name]).first?.open() else { return [] }
    var bytes: [UInt8] = []
    while case let piece = try reader.read(upTo: 1_000), !piece.isEmpty { bytes += piece }
    return bytes
  }
}
