import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that is held open, so that names in it mean what lies in that very folder, whatever comes
/// to lie at its path meanwhile: a stick may be pulled out from under it.
///
/// Paths that are taken together with one are relative to it; the empty one is the folder itself.
package final class HeldFolder: Sendable {
  package let path: FilePath
  let handle: Int32

  package init(_ path: FilePath) throws(FileError) {
    self.path = path
    handle = path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard handle >= 0 else { throw .system(path) }
  }

  deinit { close(handle) }

  /// Throws `anotherFolder` unless the folder itself still lies at its path.
  package func checkPlace() throws(FileError) {
    var (held, there) = (stat(), stat())
    guard fstat(handle, &held) == 0 else { throw .system(path) }
    guard path.withPlatformString({ stat($0, &there) }) == 0, held.st_dev == there.st_dev,
      held.st_ino == there.st_ino
    else { throw FileError(path, .anotherFolder) }
  }

  /// Takes away the file or link that lies there, if one does.
  package func remove(_ name: FilePath) throws(FileError) {
    guard name.withPlatformString({ unlinkat(handle, $0, 0) }) == 0 || errno == ENOENT else {
      throw .system(path.pushing(name))
    }
  }
}

extension HeldFolder? {
  /// What the system takes a path to be relative to.
  var handle: Int32 { self?.handle ?? AT_FDCWD }

  /// The path as the system takes it.
  func relative(_ path: FilePath) -> FilePath { self != nil && path.isEmpty ? "." : path }

  /// The whole path, for people.
  func whole(_ path: FilePath) -> FilePath { self?.path.pushing(path) ?? path }

  func failure(_ path: FilePath) -> FileError { .system(whole(path)) }
}
