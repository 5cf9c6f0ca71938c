import Foundation

/// Reads a file from front to back in pieces of 64 KiB.
final class InputFile {
  private let handle: Int32
  private let path: String

  /// Throws ``BundleError/file(path:code:reason:)``.
  init(_ path: String) throws(BundleError) {
    self.path = path
    handle = open(path, O_RDONLY | O_CLOEXEC)
    if handle < 0 { throw .system(path) }
    var status = stat()
    guard fstat(handle, &status) == 0 else {
      close(handle)
      throw .system(path)
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      close(handle)
      errno = EISDIR
      throw .system(path)
    }
  }

  /// The next piece; empty at the end.
  func read() throws(BundleError) -> [UInt8] {
    let size = 1 << 16
    while true {
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
        count = Foundation.read(handle, buffer.baseAddress, size)
        initialized = max(0, count)
      }
      if count >= 0 { return bytes }
      guard errno == EINTR else { throw .system(path) }
    }
  }

  deinit { close(handle) }
}
