import Foundation

/// How much time tests have.
package enum Effort {
  /// Whether there is time for what takes minutes and hours: `SATCHEL_SOAK` is set.
  package static let isLong = ProcessInfo.processInfo.environment["SATCHEL_SOAK"] != nil

  /// As many seeds as there is time for: `few` as a rule, `many` in a soak.
  package static func seeds(_ few: UInt64, _ many: UInt64) -> Range<UInt64> {
    0..<(isLong ? many : few)
  }
}
