import Coding
import Files
import Replication
import Sealing

/// Why a bundle cannot be read or written. Frames count from 1; the header is the first.
public enum BundleError: Error, Sendable {
  /// The file does not begin like a bundle, sealed or open.
  case notABundle
  /// The file ends before its trailer.
  case truncated(frame: Int, of: Int?)
  /// A frame's bytes differ from what was written.
  case damaged(frame: Int, of: Int?, CodingError)
  /// The header or the trailer breaks the format.
  case malformed(String)
  /// Made for readers of at least this version.
  case newerVersion(UInt16)
  /// Made by another library.
  case foreignLibrary([UInt8])
  /// Sealed for another library, or by one this secret does not open.
  case notForThisLibrary
  /// The trailer's signature is not this library's.
  case signatureRefused
  /// The sealed layer is damaged.
  case sealDamaged(SealingError)
  /// A sealed bundle, and no secret to open it with.
  case sealedWithoutSecret
  /// One frame alone is larger than a part may be.
  case partTooSmall(needed: Int)
  /// Other bytes were read the second time than were checked the first.
  case changed(frame: Int, of: Int)
  /// The file cannot be read or written.
  case file(FileError)
}

extension BundleError {
  /// Runs what throws ``FileError``.
  static func wrapping<Result: ~Copyable>(
    _ body: () throws(FileError) -> Result
  ) throws(BundleError) -> Result {
    do {
      return try body()
    } catch {
      throw .file(error)
    }
  }
}
