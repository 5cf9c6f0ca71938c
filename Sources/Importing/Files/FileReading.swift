import Foundation

/// The few calls to the file system, whose errors become sentences.
enum FileReading {
  enum Kind {
    case file
    case folder
    case link
    case other
  }

  /// The path with every link followed.
  static func realPath(of path: String) throws(SkipReason) -> String {
    guard let resolved = realpath(path, nil) else { throw lastError() }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func isFolder(_ path: String) -> Bool { kind(of: path) == .folder }

  /// What lies at the path itself, a link not followed.
  static func kind(of path: String) -> Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .other }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }

  /// The names in a folder, in no order.
  static func names(in folder: String) throws(SkipReason) -> [String] {
    guard let stream = opendir(folder) else { throw lastError() }
    defer { closedir(stream) }
    var names: [String] = []
    // A nil entry is the end or an error; only errno tells which.
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.append(name)
      errno = 0
    }
    if errno != 0 { throw lastError() }
    return names
  }

  /// The bytes of a regular file of at most `limit` bytes.
  static func bytes(at path: String, limit: Int) throws(SkipReason) -> [UInt8] {
    // Without O_NONBLOCK, opening a pipe that took the file's place would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw lastError() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw lastError() }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(reason: "it is not a regular file")
    }
    let size = Int(status.st_size)
    guard size <= limit else { throw .tooLarge(size: size, limit: limit) }
    return try read(descriptor, size: size)
  }
}

extension FileReading {
  private static func lastError() -> SkipReason {
    let code = errno
    guard ![ENOENT, ENOTDIR].contains(code) else { return .missing }
    return .unreadable(reason: strerror(code).map { String(cString: $0) } ?? "error \(code)")
  }

  /// Reads up to `size` bytes; a file that has grown since is cut, one that shrank ends early.
  private static func read(_ descriptor: Int32, size: Int) throws(SkipReason) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let rest = UnsafeMutableBufferPointer(rebasing: buffer[count...])
        let taken = Foundation.read(descriptor, rest.baseAddress, rest.count)
        if taken < 0 && errno == EINTR { continue }
        failed = taken < 0
        if taken <= 0 { return }
        count += taken
      }
    }
    if failed { throw lastError() }
    return bytes
  }
}
