import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is uploaded, which only its owner can read and which goes with the last that holds
/// it.
final class UploadedFile: Sendable {
  let path: FilePath
  /// Has a lock, by which others see that the file is still wanted.
  private let handle: Int32

  /// What the files' names begin with, by which those that a killed process left are found.
  static let writer = "upload"

  /// Makes an empty one.
  init(in folder: FilePath) throws(FileError) {
    let number = UInt64.random(in: 0...UInt64.max)
    path = folder.appending("\(UploadedFile.writer)-\(number).tmp")
    handle = path.withPlatformString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
    guard handle >= 0 else { throw FileError(path, .system(errno)) }
    flock(handle, LOCK_EX | LOCK_NB)
  }

  deinit {
    _ = path.withPlatformString { unlink($0) }
    close(handle)
  }

  /// Puts bytes behind those that are there.
  func write(_ bytes: some Collection<UInt8>) throws(FileError) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { systemWrite(handle, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw FileError(path, .system(errno)) }
      rest = rest.dropFirst(written)
    }
  }

  /// In bytes.
  var length: Int {
    var status = stat()
    return fstat(handle, &status) == 0 ? Int(status.st_size) : 0
  }
}

/// The system's call that a method's name hides.
private func systemWrite(_ handle: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(handle, bytes, count)
}
