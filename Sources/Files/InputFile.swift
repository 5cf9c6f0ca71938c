import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file from outside, read from front to back: the one way to open what others may have put there.
///
/// Opening never waits and never follows a link that was only found, and what is no file is refused
/// by its name before it is opened: to open a pipe would already disturb who writes to it.
package final class InputFile {
  private let handle: Int32
  private let path: FilePath
  /// In bytes, when it was opened; 0 for a pipe.
  package let length: Int

  /// How a path became known, which says what may lie there.
  package enum Origin: Sendable {
    /// Found in a folder, or named by a file: a regular file, and no link to one.
    case found
    /// Named by a person: a regular file, or a link to one.
    case named
    /// Named by a person, who may pipe: also a pipe or a terminal.
    case piped
  }

  /// - Parameter held: what the path is relative to.
  package init(
    _ name: FilePath, _ origin: Origin, below held: HeldFolder? = nil
  ) throws(FileError) {
    let path = held.whole(name)
    self.path = path
    try InputFile.check(InputFile.status(of: name, origin, below: held), path, origin)
    // Only who pipes waits, for whoever writes; without O_NONBLOCK a pipe that took the file's
    // place would be waited for.
    var flags = O_RDONLY | O_CLOEXEC
    if origin != .piped { flags |= O_NONBLOCK }
    if origin == .found { flags |= O_NOFOLLOW }
    let handle = name.withPlatformString { openat(held.handle, $0, flags) }
    guard handle >= 0 else {
      throw errno == ELOOP && origin == .found
        ? FileError(path, .notAFile(.link)) : .system(path)
    }
    do throws(FileError) {
      var status = stat()
      guard fstat(handle, &status) == 0 else { throw .system(path) }
      try InputFile.check(FileStatus(status), path, origin)
      length = Int(status.st_size)
    } catch {
      InputFile.close(handle)
      throw error
    }
    self.handle = handle
  }

  private init(handle: Int32, path: FilePath) {
    self.handle = handle
    self.path = path
    length = 0
  }

  /// What is piped into this process.
  package static func standardInput() throws(FileError) -> InputFile {
    let path: FilePath = "standard input"
    let handle = dup(STDIN_FILENO)
    guard handle >= 0 else { throw .system(path) }
    return InputFile(handle: handle, path: path)
  }

  deinit { InputFile.close(handle) }

  /// Another handle of the same file, for a library that wants one; whoever takes it closes it.
  package func duplicatedHandle() throws(FileError) -> Int32 {
    let copy = fcntl(handle, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw .system(path) }
    return copy
  }

  /// Closes a handle that nobody took after all.
  package static func close(_ handle: Int32) { _ = systemClose(handle) }

  /// The next bytes, at most `count` of them; empty at the end.
  package func read(upTo count: Int = 1 << 16) throws(FileError) -> [UInt8] {
    while true {
      var taken = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        taken = systemRead(handle, buffer.baseAddress, count)
        initialized = max(0, taken)
      }
      if taken >= 0 { return bytes }
      guard errno == EINTR else { throw .system(path) }
    }
  }

  /// All that is left. Throws `tooLarge` beyond `limit` bytes, and holds no more than that.
  package func readAll(limit: Int) throws(FileError) -> [UInt8] {
    guard length <= limit else { throw FileError(path, .tooLarge(limit: limit)) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length)
    while true {
      let piece = try read(upTo: min(1 << 16, limit - bytes.count + 1))
      if piece.isEmpty { return bytes }
      guard bytes.count + piece.count <= limit else {
        throw FileError(path, .tooLarge(limit: limit))
      }
      bytes += piece
    }
  }

  /// The bytes of the file at `path`, of which there may be `limit`.
  package static func contents(
    of path: FilePath, _ origin: Origin, limit: Int
  ) throws(FileError) -> [UInt8] {
    try InputFile(path, origin).readAll(limit: limit)
  }

  private static func status(
    of path: FilePath, _ origin: Origin, below held: HeldFolder?
  ) throws(FileError) -> FileStatus {
    do throws(FileError) {
      return try FileStatus(of: path, followingLinks: origin != .found, in: held)
    } catch {
      guard error.isMissing, held.whole(path).exists else { throw error }
      throw FileError(held.whole(path), .danglingLink)
    }
  }

  private static func check(
    _ status: FileStatus, _ path: FilePath, _ origin: Origin
  ) throws(FileError) {
    switch status.kind {
    case .file: return
    // Terminals and /dev/null are devices, too; what never ends meets the reader's limit.
    case .pipe, .device: if origin == .piped { return }
    case .folder, .link, .socket: break
    }
    throw FileError(path, .notAFile(status.kind))
  }
}

/// The system's `read`, which the method's name hides.
private func systemRead(_ handle: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(handle, buffer, count)
}

/// The system's `close`, likewise.
private func systemClose(_ handle: Int32) -> Int32 { close(handle) }
