import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that appears whole or not at all: written beside its place under a temporary name,
/// flushed to the medium, put in its place, and the folder flushed too.
///
/// The one way to write a file that matters: never in place, since media are pulled out. Dropped
/// without `commit`, it leaves nothing.
package final class OutputFile {
  private let handle: Int32
  /// What the paths are relative to.
  private let held: HeldFolder?
  /// Where the bytes lie until it is committed, for writers other than this one.
  package let temporary: FilePath
  private var path: FilePath
  private var isCommitted = false
  /// Bytes written so far.
  package private(set) var length = 0

  /// Who may read the file.
  package enum Access: Sendable {
    /// Only its owner: mode 0600, whatever the umask.
    case owner
    /// Whom the umask lets.
    case umask
  }

  /// What happens to a file that lies at the place already.
  package enum Placing: Sendable {
    /// It stays, and committing throws `taken`.
    case new
    /// It is replaced, in one step.
    case replacing
  }

  private static let temporaryEnding = ".tmp"

  /// Whether this is a temporary name of `writer`, for cleaning up after a process that was killed.
  package static func isTemporary(
    _ name: FilePath.Component, of writer: String = "satchel"
  ) -> Bool {
    let bytes = name.bytes
    return bytes.starts(with: "\(writer)-".utf8)
      && bytes.suffix(temporaryEnding.utf8.count).elementsEqual(temporaryEnding.utf8)
  }

  /// Takes away what processes of `writer` left in `folder` that were killed. What another process
  /// is writing stays, and where the medium has no locks, all does.
  ///
  /// - Parameter held: what the path is relative to.
  package static func clearAbandoned(
    in folder: FilePath, by writer: String, below held: HeldFolder? = nil
  ) {
    // Whoever cannot list a folder is told so when writing in it.
    let names = try? Folder.names(in: folder, startingWith: writer, below: held)
    for name in names ?? [] where isTemporary(name, of: writer) {
      let path = folder.appending(name)
      let handle = path.withPlatformString {
        openat(held.handle, $0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      }
      guard handle >= 0 else { continue }
      defer { close(handle) }
      guard flock(handle, LOCK_EX | LOCK_NB) == 0 else { continue }
      for path in [path.adding(journalEnding), path] {
        _ = path.withPlatformString { unlinkat(held.handle, $0, 0) }
      }
    }
  }

  /// What SQLite keeps beside a file while it writes in it.
  private static let journalEnding = "-journal"

  /// - Parameters:
  ///   - writer: what the temporary name begins with.
  ///   - held: what the path is relative to, as are other names that it is given.
  ///   - isClearing: whether it first takes away what was left in the folder; whoever writes many
  ///     files there does so once.
  package init(
    _ path: FilePath, _ access: Access, by writer: String = "satchel",
    below held: HeldFolder? = nil, clearing isClearing: Bool = false
  ) throws(FileError) {
    if isClearing { OutputFile.clearAbandoned(in: path.folder, by: writer, below: held) }
    self.path = path
    self.held = held
    let number = UInt64.random(in: 0...UInt64.max)
    temporary = path.folder.appending("\(writer)-\(number)\(OutputFile.temporaryEnding)")
    let mode: mode_t = access == .owner ? 0o600 : 0o666
    handle = temporary.withPlatformString {
      openat(held.handle, $0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    }
    guard handle >= 0 else { throw held.failure(path) }
    // Says that somebody is at it, for as long as the process lives. Some media have no locks.
    flock(handle, LOCK_EX | LOCK_NB)
    // A umask may have taken even from the owner. Media without modes refuse, and have none.
    if access == .owner { fchmod(handle, mode) }
  }

  package func write(_ bytes: [UInt8]) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { systemWrite(handle, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw held.failure(path) }
      rest = rest.dropFirst(written)
    }
    length += bytes.count
  }

  /// Flushes, then puts the file in its place.
  ///
  /// - Parameter final: another name in the same folder, known only now.
  package func commit(
    as final: FilePath? = nil, _ placing: Placing = .new
  ) throws(FileError) {
    path = final ?? path
    guard fsync(handle) == 0 else { throw held.failure(path) }
    #if os(Linux)
      // So that reading back reads the medium and not this machine's memory.
      posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED)
    #endif
    switch placing {
    case .new: try place()
    case .replacing: try rename()
    }
    isCommitted = true
    do {
      try Folder.flush(path.folder, below: held)
    } catch {
      // What is new is there for good or not at all; what it replaced is gone.
      if placing == .new { _ = path.withPlatformString { unlinkat(held.handle, $0, 0) } }
      throw error
    }
  }

  /// Writes `bytes` as a whole file.
  ///
  /// - Parameter isClearing: as above.
  package static func write(
    _ bytes: [UInt8], to path: FilePath, _ access: Access, _ placing: Placing,
    clearing isClearing: Bool = false
  ) throws(FileError) {
    let file = try OutputFile(path, access, clearing: isClearing)
    try file.write(bytes)
    try file.commit(placing)
  }

  deinit {
    close(handle)
    if !isCommitted { _ = temporary.withPlatformString { unlinkat(held.handle, $0, 0) } }
  }
}

extension OutputFile {
  /// A link fails where the name is taken. Media without links have the name taken first, by an
  /// empty file.
  private func place() throws(FileError) {
    let linked = temporary.withPlatformString { from in
      path.withPlatformString { linkat(held.handle, from, held.handle, $0, 0) }
    }
    if linked == 0 {
      _ = temporary.withPlatformString { unlinkat(held.handle, $0, 0) }
      return
    }
    guard errno != EEXIST else { throw FileError(held.whole(path), .taken) }
    let taken = path.withPlatformString {
      openat(held.handle, $0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    }
    guard taken >= 0 else {
      throw errno == EEXIST ? FileError(held.whole(path), .taken) : held.failure(path)
    }
    close(taken)
    do {
      try rename()
    } catch {
      _ = path.withPlatformString { unlinkat(held.handle, $0, 0) }
      throw error
    }
  }

  private func rename() throws(FileError) {
    let renamed = temporary.withPlatformString { from in
      path.withPlatformString { renameat(held.handle, from, held.handle, $0) }
    }
    guard renamed == 0 else { throw held.failure(path) }
  }
}

/// The system's call that a method's name hides.
private func systemWrite(_ handle: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(handle, bytes, count)
}
