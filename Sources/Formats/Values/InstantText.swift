import Documents

/// Instants as foreign files write them: `2026-01-02T03:04:05.678Z`.
enum InstantText {
  /// Milliseconds since 1970 as ISO 8601 in UTC; nil outside the years of `CalendarDate`.
  static func text(of milliseconds: Int64) -> String? {
    let (day, rest) = milliseconds.quotientRoundedDown(by: millisecondsPerDay)
    guard let date = CalendarDate(daysSince1970: Int(day)) else { return nil }
    let seconds = Int(rest / 1000)
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { digits($0, 2) }
    return "\(date.text)T\(clock.joined(separator: ":")).\(digits(Int(rest % 1000), 3))Z"
  }

  /// Milliseconds since 1970; nil for text that names no instant. A day without a time is its
  /// midnight in UTC.
  static func milliseconds(of text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard let normal = DateText.normalized(bytes[...]),
      let date = DateText.leadingDate(Array(normal.utf8)[...])
    else { return nil }
    let clock = normal.dropFirst("2026-01-02T".count).prefix("03:04:05".count)
    let parts = clock.split(separator: ":").compactMap { Int64($0) }
    guard parts.count == 3 else { return date.daysSince1970 * millisecondsPerDay }
    let seconds = parts[0] * 3600 + parts[1] * 60 + parts[2]
    return date.daysSince1970 * millisecondsPerDay + seconds * 1000 + fraction(in: bytes)
  }
}

extension InstantText {
  private static let millisecondsPerDay: Int64 = 86_400_000

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }

  /// The milliseconds behind the seconds' decimal point, further digits passed over.
  private static func fraction(in bytes: [UInt8]) -> Int64 {
    let point = bytes.lastIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex
    let digits = bytes[point...].dropFirst().prefix { $0.isASCIIDigit }.prefix(3)
    let scale: [Int64] = [0, 100, 10, 1]
    return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) } * scale[digits.count]
  }
}

extension CalendarDate {
  /// Howard Hinnant's `days_from_civil`, with years that begin in March.
  var daysSince1970: Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = (shifted / 400, shifted % 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  /// His `civil_from_days`; nil outside the years that a page was written in.
  init?(daysSince1970 days: Int) {
    // About 100 years around those that `CalendarDate` has, so that nothing below overflows.
    guard (-62_000...120_000).contains(days) else { return nil }
    let shifted = days + 719_468
    let (era, dayOfEra) = (shifted / 146_097, shifted % 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

extension Int64 {
  fileprivate func quotientRoundedDown(by divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }
}
