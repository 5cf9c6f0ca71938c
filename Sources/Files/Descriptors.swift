#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many files this process, and this system, may have open.
package enum Descriptors {
  /// Why no more than `count` files can be opened now: the system's number; nil where they can.
  package static func shortage(of count: Int) -> Int32? {
    var handles: [Int32] = []
    defer { for handle in handles { close(handle) } }
    for _ in 0..<count {
      let handle = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard handle >= 0 else { return errno == EMFILE || errno == ENFILE ? errno : nil }
      handles.append(handle)
    }
    return nil
  }
}
