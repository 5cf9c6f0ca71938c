#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension FileError {
  /// Whether the medium could not be read where the file lies.
  package var isMediumFault: Bool { code == EIO }
}
