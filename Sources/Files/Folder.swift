import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Folders: what is in them, making them, flushing them.
package enum Folder {
  /// The names in a folder in the order of their bytes, without `.` and `..`.
  ///
  /// - Parameters:
  ///   - beginning: what they begin with; others are not kept, since there may be many.
  ///   - held: what the path is relative to.
  package static func names(
    in folder: FilePath, startingWith beginning: String = "", below held: HeldFolder? = nil
  ) throws(FileError) -> [FilePath.Component] {
    let handle = open(folder, below: held)
    guard handle >= 0 else { throw held.failure(folder) }
    guard let stream = fdopendir(handle) else {
      close(handle)
      throw held.failure(folder)
    }
    defer { closedir(stream) }
    var names: [(bytes: [UInt8], name: FilePath.Component)] = []
    // A nil entry is the end or an error; only errno tells which.
    errno = 0
    while let entry = readdir(stream) {
      defer { errno = 0 }
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard bytes.starts(with: beginning.utf8) else { continue }
      if let name = FilePath(bytes: bytes).lastComponent, name.kind == .regular {
        names.append((bytes, name))
      }
    }
    guard errno == 0 else { throw held.failure(folder) }
    return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.name)
  }

  /// Makes a folder, and with `withParents` those above it that are missing; one that is there is
  /// left as it is.
  ///
  /// - Parameter access: `owner` makes them with mode 0700, whatever the umask.
  package static func make(
    _ folder: FilePath, _ access: OutputFile.Access = .umask, withParents: Bool = true
  ) throws(FileError) {
    let mode: mode_t = access == .owner ? 0o700 : 0o777
    if folder.withPlatformString({ mkdir($0, mode) }) == 0 {
      // As with a file: a umask may have taken even from the owner.
      if access == .owner { _ = folder.withPlatformString { chmod($0, mode) } }
      return try flush(folder.folder)
    }
    switch errno {
    case EEXIST where folder.isFolder: return
    case ENOENT where withParents && folder.folder != folder && !folder.folder.exists:
      try make(folder.folder, access)
      try make(folder, access)
    default: throw .system(folder)
    }
  }

  /// Makes a folder in one that is held, as the umask has it; one that is there is left as it is.
  package static func make(_ folder: FilePath, below held: HeldFolder) throws(FileError) {
    if folder.withPlatformString({ mkdirat(held.handle, $0, 0o777) }) == 0 {
      return try flush(folder.removingLastComponent(), below: held)
    }
    guard errno == EEXIST,
      try FileStatus(of: folder, followingLinks: true, in: held).kind == .folder
    else { throw FileError(held.path.pushing(folder), .system(errno)) }
  }

  /// - Returns: a descriptor, or a negative number and `errno`.
  private static func open(_ folder: FilePath, below held: HeldFolder?) -> Int32 {
    held.relative(folder).withPlatformString {
      openat(held.handle, $0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
  }

  /// Has the medium keep what names are in a folder.
  ///
  /// - Parameter held: what the path is relative to.
  package static func flush(
    _ folder: FilePath, below held: HeldFolder? = nil
  ) throws(FileError) {
    let handle = open(folder, below: held)
    // A folder may be written in and not read; its system then keeps it when it likes.
    guard handle >= 0 else {
      if errno == EACCES { return }
      throw held.failure(folder)
    }
    defer { close(handle) }
    // Some file systems cannot flush a folder, and say so.
    guard fsync(handle) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw held.failure(folder)
    }
  }
}
