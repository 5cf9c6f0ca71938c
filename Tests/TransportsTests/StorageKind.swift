import Files
import TestSupport

@testable import Transports

/// The storages that the exchange is held to, one of each; distant ones where their servers are
/// installed.
enum StorageKind: CaseIterable {
  case folder, memory, webdav, sftp, s3

  static var allCases: [StorageKind] {
    [.folder, .memory]
      + ([.webdav, .sftp, .s3] as [StorageKind]).filter { $0.server?.isInstalled == true }
  }

  private var server: StoreServer.Kind? {
    switch self {
    case .folder, .memory: nil
    case .webdav: .webdav
    case .sftp: .sftp
    case .s3: .s3
    }
  }

  func storage(in folder: TemporaryFolder) throws -> any Storage {
    if let server { return RcloneStorage(try StoreServer.shared(server).place()) }
    guard self == .folder else { return MemoryStorage() }
    let share = FilePath(folder.url.path).appending("share")
    try Folder.make(share)
    return FolderStorage(share)
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
    while case let piece = try reader.read(upTo: 70_000), !piece.isEmpty { bytes += piece }
    return bytes
  }
}
