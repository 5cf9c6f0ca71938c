extension DigitScanner {
  /// `2020-03-13`, `2020/3/13`, `2020.3.13`, `2020年3月13日`, `2020년 3월 13일`.
  mutating func yearFirst() -> CalendarDate? {
    guard let year = number(digits: 4) else { return nil }
    for (first, second, last) in DigitScanner.separators where skip(first) {
      skipSpaces()
      guard let month = number(digits: 1...2), skip(second) else { return nil }
      skipSpaces()
      guard let day = number(digits: 1...2), skip(last) else { return nil }
      return CalendarDate(year: year, month: month, day: day)
    }
    return nil
  }

  /// A day that begins with its year, or `20200313`, and what follows it.
  mutating func yearFirstWithTime() -> DatedInstant? {
    let date =
      attempt { $0.yearFirst() } ?? attempt { $0.number(digits: 8).flatMap(DigitScanner.day) }
    return date.flatMap { timeOfDay(on: $0) }
  }

  /// A text that is one number: a day, a day and time without a zone, or a count since 1970.
  mutating func wholeNumber() -> DatedInstant? {
    let length = rest.prefix { $0.isASCIIDigit }.count
    guard let number = number(digits: 8...16) else { return nil }
    let hasFraction = rest.first == UInt8(ascii: ".")
    if hasFraction, !(9...10).contains(length) { return nil }
    let fraction = hasFraction ? milliseconds() : 0
    guard let fraction, rest.isEmpty else { return nil }
    switch length {
    case 8: return DigitScanner.day(number).map(DatedInstant.init)
    case 9, 10: return DatedInstant(millisecondsSince1970: Int64(number * 1000 + fraction))
    case 12: return DigitScanner.day(number / 10_000, hourAndMinute: number % 10_000)
    case 13: return DatedInstant(millisecondsSince1970: Int64(number))
    case 14:
      guard number % 100 < 60 else { return nil }
      return DigitScanner.day(number / 1_000_000, hourAndMinute: number / 100 % 10_000)
    case 16: return DatedInstant(millisecondsSince1970: Int64(number / 1000))
    default: return nil
    }
  }

  /// `March 13, 2020`, `13 March 2020`, `Fri, 13 Mar 2020`, each with a time behind it, and
  /// `Fri Mar 13 09:30:00 2020`.
  mutating func inWords() -> DatedInstant? {
    _ = attempt { $0.weekday() }
    skipSpaces()
    if let day = attempt({ $0.dayOfMonth() }) {
      _ = skip("-")
      skipSpaces()
      _ = skip("of ")
      guard let month = month() else { return nil }
      return timeOfDay(onDay: day, of: month)
    }
    guard let month = month() else { return nil }
    skipSpaces()
    guard let day = dayOfMonth() else { return nil }
    if let instant = attempt({ $0.yearLast(onDay: day, of: month) }) { return instant }
    return timeOfDay(onDay: day, of: month)
  }
}

extension DigitScanner {
  private static let separators: [(StaticString, StaticString, StaticString)] = [
    ("-", "-", ""), ("/", "/", ""), (".", ".", ""), ("年", "月", "日"), ("년", "월", "일"),
  ]

  /// `20200313` as a number.
  private static func day(_ digits: Int) -> CalendarDate? {
    CalendarDate(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
  }

  private static func day(_ digits: Int, hourAndMinute: Int) -> DatedInstant? {
    guard hourAndMinute / 100 < 24, hourAndMinute % 100 < 60 else { return nil }
    return day(digits).map(DatedInstant.init)
  }

  /// `9`, `09`, `9th`.
  private mutating func dayOfMonth() -> Int? {
    guard let day = number(digits: 1...2) else { return nil }
    _ = skip(anyOf: ["st", "nd", "rd", "th"])
    return day
  }

  /// `Fri,`, `Friday`.
  private mutating func weekday() -> Bool? {
    let name = word()
    guard name.utf8.count >= 3, DigitScanner.weekdays.contains(where: { $0.hasPrefix(name) }) else {
      return nil
    }
    _ = skip(".")
    _ = skip(",")
    return true
  }

  /// `Mar`, `Mar.`, `March`, `Sept`.
  private mutating func month() -> Int? {
    let name = word()
    guard name.utf8.count >= 3,
      let index = DigitScanner.months.firstIndex(where: {
        $0 == name || $0.prefix(3) == name || name == "sept" && $0 == "september"
      })
    else { return nil }
    _ = skip(".")
    return index + 1
  }

  /// The year behind day and month, and what follows it.
  private mutating func timeOfDay(onDay day: Int, of month: Int) -> DatedInstant? {
    _ = skip(anyOf: [",", "-"])
    skipSpaces()
    guard let year = number(digits: 4) else { return nil }
    return CalendarDate(year: year, month: month, day: day).flatMap { timeOfDay(on: $0) }
  }

  /// `09:30:00 2020`, `09:30:00 UTC 2020`.
  private mutating func yearLast(onDay day: Int, of month: Int) -> DatedInstant? {
    skipSpaces()
    guard let time = attempt({ $0.time() }) else { return nil }
    skipSpaces()
    let zone = attempt { $0.zone() }
    skipSpaces()
    guard let year = number(digits: 4), rest.isEmpty,
      let date = CalendarDate(year: year, month: month, day: day)
    else { return nil }
    return DatedInstant(date, time, zone)
  }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}
