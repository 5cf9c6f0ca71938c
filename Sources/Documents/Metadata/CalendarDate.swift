/// A day of the Gregorian calendar that exists, such as 2020-02-29.
public struct CalendarDate: Equatable, Sendable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Nil for a day that does not exist or a year no page was written in.
  public init?(year: Int, month: Int, day: Int) {
    guard (1900...2199).contains(year), (1...12).contains(month),
      (1...CalendarDate.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date as ISO 8601 writes it.
  public var text: String {
    "\(year)-\(CalendarDate.twoDigits(month))-\(CalendarDate.twoDigits(day))"
  }

  static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension CalendarDate {
  private static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    return switch month {
    case 2: isLeap ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
