/// What a written date names: a day, or an instant.
public struct DatedInstant: Equatable, Sendable {
  /// In UTC if it is an instant.
  public let date: CalendarDate
  /// Since midnight in UTC; nil if only the day is known.
  public let millisecondsOfDay: Int?

  init(_ date: CalendarDate) {
    self.date = date
    millisecondsOfDay = nil
  }

  /// Nil outside the years of ``CalendarDate``.
  public init?(millisecondsSince1970 milliseconds: Int64) {
    let day = milliseconds.quotientRoundedDown(by: DatedInstant.millisecondsPerDay)
    guard let date = CalendarDate(daysSince1970: Int(day.quotient)) else { return nil }
    self.date = date
    millisecondsOfDay = Int(day.rest)
  }

  /// A day counts from its midnight in UTC.
  public var millisecondsSince1970: Int64 {
    Int64(date.daysSince1970) * DatedInstant.millisecondsPerDay + Int64(millisecondsOfDay ?? 0)
  }

  /// The date or instant as ISO 8601 writes it, to the second.
  public var text: String {
    guard let millisecondsOfDay else { return date.text }
    let seconds = millisecondsOfDay / 1000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(CalendarDate.twoDigits)
    return "\(date.text)T\(clock.joined(separator: ":"))Z"
  }
}

extension DatedInstant {
  private static let millisecondsPerDay: Int64 = 86_400_000
}

extension Int64 {
  fileprivate func quotientRoundedDown(by divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }
}
