import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension NamedUploads {
  /// Takes away the folders that killed processes left. A link is the file that it leads to, whose
  /// lock says that somebody still wants it.
  static func clearAbandoned(in place: FilePath) {
    // Whoever cannot list a folder is told so when writing in it.
    for name in (try? Folder.names(in: place, startingWith: beginning)) ?? [] {
      let folder = place.appending(name)
      let numbers = ((try? Folder.names(in: folder)) ?? []).map { folder.appending($0) }
      let paths = numbers.flatMap { number in
        ((try? Folder.names(in: number)) ?? []).map { number.appending($0) }
      }
      // One without a file may be another process's that is only beginning.
      guard !paths.isEmpty || isOld(folder), !paths.contains(where: isLocked) else { continue }
      remove(folder, with: paths)
    }
  }

  private static func isOld(_ folder: FilePath) -> Bool {
    guard let status = try? FileStatus(of: folder, followingLinks: false) else { return false }
    return time(nil) - Int(status.modified / 1_000_000_000) > 60
  }

  private static func isLocked(_ path: FilePath) -> Bool {
    let handle = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
    guard handle >= 0 else { return false }
    defer { close(handle) }
    return flock(handle, LOCK_EX | LOCK_NB) != 0
  }
}
