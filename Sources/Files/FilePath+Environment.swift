#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension FilePath {
  /// The path in a variable of the environment; nil where there is none, and for one that is not
  /// absolute unless `orRelative`.
  ///
  /// One variable at a time: a copy of the whole environment takes longer than a small answer.
  package static func variable(_ name: String, orRelative: Bool = false) -> FilePath? {
    guard let value = getenv(name) else { return nil }
    let path = FilePath(platformString: value)
    return path.isAbsolute || orRelative ? path : nil
  }

  /// The user's home folder.
  package static var home: FilePath {
    if let home = variable("HOME") { return home }
    guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else { return "/" }
    return FilePath(platformString: home)
  }
}
