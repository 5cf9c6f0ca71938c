import Foundation

/// How many seeds the laws are held to.
enum Laws {
  /// Whether there is time for what takes minutes: `SATCHEL_SOAK` is set.
  static let isSoak = ProcessInfo.processInfo.environment["SATCHEL_SOAK"] != nil
  static let histories: Range<UInt64> = 0..<4_000
  static let samples: Range<UInt64> = 0..<500
  static let stepsPerHistory = 40
}
