import Foundation

/// What the system says of an error, in its own words.
package enum SystemReason {
  package static func text(ofCode code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }

  /// Foundation wraps the system's error once or twice.
  package static func text(of error: any Error) -> String {
    code(of: error).map { text(ofCode: $0) } ?? "the system gave no reason"
  }

  /// The number that the system gave, if one can be found.
  package static func code(of error: any Error) -> Int32? {
    let error = error as NSError
    if error.domain == NSPOSIXErrorDomain { return Int32(clamping: error.code) }
    if let underlying = error.userInfo[NSUnderlyingErrorKey] as? any Error {
      return code(of: underlying)
    }
    guard error.domain == NSCocoaErrorDomain else { return nil }
    return switch CocoaError.Code(rawValue: error.code) {
    case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
    case .fileReadNoPermission, .fileWriteNoPermission: EACCES
    case .fileWriteFileExists: EEXIST
    case .fileWriteOutOfSpace: ENOSPC
    case .fileWriteVolumeReadOnly: EROFS
    default: nil
    }
  }
}
