import Foundation

/// A file that appears whole or not at all: written beside its place under a temporary name,
/// flushed to the medium, renamed, and the folder flushed too.
///
/// Never written in place, since media are pulled out. Dropped without `commit`, it leaves nothing.
final class OutputFile {
  private let handle: Int32
  private let temporary: String
  private var path: String
  private var isCommitted = false
  private(set) var length = 0

  /// Throws ``BundleError/file(path:code:reason:)``.
  init(_ path: String) throws(BundleError) {
    self.path = path
    let folder = (path as NSString).deletingLastPathComponent
    let name = "satchel-\(UInt32.random(in: 0...UInt32.max)).tmp"
    temporary = folder.isEmpty ? name : "\(folder)/\(name)"
    handle = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if handle < 0 { throw .system(path) }
  }

  func write(_ bytes: [UInt8]) throws(BundleError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(handle, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw .system(path) }
      rest = rest.dropFirst(written)
    }
    length += bytes.count
  }

  /// Flushes, then puts the file in its place, which must be free: nothing is ever overwritten.
  ///
  /// - Parameter final: another name in the same folder, known only now.
  func commit(as final: String? = nil) throws(BundleError) {
    path = final ?? path
    guard fsync(handle) == 0 else { throw .system(path) }
    #if os(Linux)
      // So that reading back reads the medium and not this machine's memory.
      posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED)
    #endif
    // A link fails where the name is taken; media without links fall back to a check and rename.
    if link(temporary, path) == 0 {
      unlink(temporary)
    } else {
      guard errno != EEXIST, access(path, F_OK) != 0 else {
        errno = EEXIST
        throw .system(path)
      }
      guard rename(temporary, path) == 0 else { throw .system(path) }
    }
    isCommitted = true
    try flushFolder()
  }

  private func flushFolder() throws(BundleError) {
    let folder = (path as NSString).deletingLastPathComponent
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(path) }
    defer { close(descriptor) }
    // Some file systems cannot flush a folder, and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .system(path) }
  }

  deinit {
    close(handle)
    if !isCommitted { unlink(temporary) }
  }
}

extension BundleError {
  /// The system's last error.
  static func system(_ path: String) -> BundleError {
    let code = errno
    return .file(path: path, code: code, reason: String(cString: strerror(code)))
  }
}
