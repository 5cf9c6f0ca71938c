/// A day of the Gregorian calendar, of the years 0 to 9999.
struct CivilDay: Equatable {
  /// Days since 1970-01-01.
  let number: Int

  init(number: Int) {
    self.number = number
  }

  /// By Howard Hinnant's days_from_civil, with years that begin in March; a day past the month's end
  /// is counted into the next.
  init(year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    number =
      era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Reads `2026-03-13`, or the first day of `2026-03` or `2026`; nil for what does not exist.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), let year = CivilDay.number(parts[0], digits: 4...4)
    else { return nil }
    var rest: [Int] = []
    for part in parts.dropFirst() {
      guard let number = CivilDay.number(part, digits: 2...2) else { return nil }
      rest.append(number)
    }
    let (month, day) = (rest.first ?? 1, rest.dropFirst().first ?? 1)
    guard (1...12).contains(month), day >= 1 else { return nil }
    self.init(year: year, month: month, day: day)
    guard parts.count < 3 || description == text else { return nil }
  }

  /// The number that ASCII digits spell; nil for another text, or another count of them.
  static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
    return Int(text)
  }
}

extension CivilDay: CustomStringConvertible {
  /// `2026-03-13`, by Howard Hinnant's civil_from_days.
  var description: String {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
    return "\(padded(year, 4))-\(padded(civilMonth, 2))-\(padded(day, 2))"
  }

  private func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
