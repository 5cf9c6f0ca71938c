import Files
import StorageSupport
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
