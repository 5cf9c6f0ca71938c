import Foundation

/// How much time tests have.
package enum Effort {
  /// Whether there is time for what takes minutes and hours: `SATCHEL_SOAK` is set.
  package static let isLong = ProcessInfo.processInfo.environment["SATCHEL_SOAK"] != nil
}
