/// A replica's own clock: it never goes back, and stamps seen elsewhere never move it
/// (Protocol 1.4), so a stamp from 2099 spoils one register and not a clock.
public struct Clock: Sendable, Equatable {
  /// The last reading; stored with the replica.
  public private(set) var last: Stamp

  public init(last: Stamp) {
    self.last = last
  }

  /// `max(wall, last + 1)`. Throws when the stamps have run out, in the year 6429.
  public mutating func tick(wallMilliseconds: Int64) throws(ReplicationError) -> Stamp {
    guard let next = last.successor else { throw .stampsExhausted }
    last = max(Stamp(wallMilliseconds: wallMilliseconds), next)
    return last
  }

  /// The stamp of a write over `seen`: above both this reading and what its writer saw.
  public static func stamp(reading: Stamp, over seen: Stamp?) throws(ReplicationError) -> Stamp {
    guard let seen else { return reading }
    guard let above = seen.successor else { throw .stampsExhausted }
    return max(reading, above)
  }

  /// In place of a reading, the time at which something was done elsewhere.
  ///
  /// One before 1970, or ahead of the writer's wall, is as good as none: it counts as 1970.
  ///
  /// - Parameters:
  ///   - milliseconds: that time, since 1970; nil where nobody says it.
  ///   - wallMilliseconds: the writer's time.
  public static func reading(recordedAt milliseconds: Int64?, wallMilliseconds: Int64) -> Stamp {
    guard let milliseconds, milliseconds <= wallMilliseconds else { return .zero }
    return Stamp(wallMilliseconds: milliseconds)
  }
}
