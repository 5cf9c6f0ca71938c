import Coding
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
  /// The file cannot be read or written: the system's reason.
  case file(path: String, code: Int32, reason: String)
}
