/// A hybrid logical timestamp: 48 bits of milliseconds since 1970 above 16 bits of counter
/// (Kulkarni and others, 2014, "Logical Physical Clocks").
///
/// Adding one carries from the counter into the milliseconds, so no counter overflows.
public struct Stamp: Hashable, Comparable, Sendable {
  /// Below 2^63, so that it fits SQLite's integers.
  public let rawValue: UInt64

  /// The greatest stamp an operation may bear.
  public static let maximum = Stamp(unchecked: (1 << 63) - 1)
  public static let zero = Stamp(unchecked: 0)

  /// Nil from 2^63 up: validity depends on the bytes alone, never on local time.
  public init?(rawValue: UInt64) {
    guard rawValue < 1 << 63 else { return nil }
    self.rawValue = rawValue
  }

  /// The first stamp of a millisecond since 1970, clamped to what 47 bits hold.
  public init(wallMilliseconds: Int64) {
    let clamped = min(max(wallMilliseconds, 0), (1 << 47) - 1)
    self.init(unchecked: UInt64(clamped) << 16)
  }

  private init(unchecked rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Milliseconds since 1970, in UTC.
  public var milliseconds: Int64 { Int64(rawValue >> 16) }

  /// The next stamp, or nil after the greatest.
  public var successor: Stamp? { Stamp(rawValue: rawValue + 1) }

  public static func < (left: Stamp, right: Stamp) -> Bool { left.rawValue < right.rawValue }
}
