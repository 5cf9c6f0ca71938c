import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What lies at a path.
public enum FileKind: String, Sendable {
  case file, folder, link, pipe, socket, device

  init(mode: mode_t) {
    self =
      switch mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .device
      }
  }
}

/// The kind, length and mode of what lies at a path.
package struct FileStatus: Sendable {
  package let kind: FileKind
  /// In bytes.
  package let length: Int
  /// The permission bits.
  package let mode: mode_t
  /// When its content changed last, in nanoseconds since 1970.
  package let modified: Int64
  /// Its number on its file system.
  package let number: UInt64
  /// The file system it lies on, as the system numbers them.
  let device: UInt64

  /// - Parameters:
  ///   - followingLinks: whether a link at the path itself is looked behind.
  ///   - folder: what the path is relative to.
  package init(
    of path: FilePath, followingLinks: Bool, in folder: HeldFolder? = nil
  ) throws(FileError) {
    var status = stat()
    let result = folder.relative(path).withPlatformString {
      fstatat(folder.handle, $0, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW)
    }
    guard result == 0 else { throw folder.failure(path) }
    self.init(status)
  }

  init(_ status: stat) {
    kind = FileKind(mode: status.st_mode)
    length = Int(status.st_size)
    mode = status.st_mode & 0o7777
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    modified = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

extension FilePath {
  /// Whether anything lies there, be it a link that leads nowhere.
  package var exists: Bool { (try? FileStatus(of: self, followingLinks: false)) != nil }

  /// Whether a folder lies there, or a link to one.
  package var isFolder: Bool { (try? FileStatus(of: self, followingLinks: true))?.kind == .folder }

  /// Takes away the file or link that lies there, if one does.
  package func remove() throws(FileError) {
    guard withPlatformString({ unlink($0) }) == 0 || errno == ENOENT else { throw .system(self) }
  }

  /// Takes away the folder that lies there, if nothing is in it; returns whether it did.
  package func removeEmptyFolder() -> Bool { withPlatformString { rmdir($0) } == 0 }

  /// The path with every link followed.
  package func real() throws(FileError) -> FilePath {
    let resolved = withPlatformString { realpath($0, nil) }
    guard let resolved else { throw .system(self) }
    defer { free(resolved) }
    return FilePath(platformString: resolved)
  }

  /// The folder one is in; nil if it was removed.
  static var current: FilePath? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return FilePath(platformString: path)
  }
}
