import Files
import Transports

/// What a bundle says of itself, read from end to end without a library to merge it into.
public struct BundleInspection: Sendable {
  public let header: BundleHeader
  public let isSealed: Bool
  /// Whether the library it names signed it.
  public let isSigned: Bool
  /// The file's length.
  public let bytes: Int

  /// Reads the file at `path`; a sealed one needs a library of the same secret.
  ///
  /// Throws `bundleNotRead` for a file that is damaged, foreign or no bundle.
  public init(_ path: FilePath, secretOf library: Library?) throws(LibraryError) {
    do {
      let reader = try BundleReader(path, secret: library?.secret)
      while try reader.next() != nil {}
      header = reader.header
      isSealed = reader.isSealed
      isSigned = reader.isSigned ?? false
      bytes = reader.length
    } catch {
      throw .bundleNotRead(path: path.shown, error)
    }
  }
}
