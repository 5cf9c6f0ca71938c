/// Reads the dates people write: `2020-03-13`, `2020/3/13`, `2020年3月13日`, and ISO 8601 instants.
package enum DateText {
  /// The date or instant as ISO 8601 writes it; nil if the text is anything else.
  ///
  /// A time without a zone names no instant, so only its date is kept.
  package static func normalized(_ bytes: ArraySlice<UInt8>) -> String? {
    var scanner = DigitScanner(bytes.trimmed())
    guard let date = scanner.date() else { return nil }
    if scanner.rest.isEmpty { return date.text }
    guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" ") else { return nil }
    guard let time = scanner.time() else { return nil }
    scanner.skipSpaces()
    if scanner.rest.isEmpty { return date.text }
    guard let zone = scanner.zone(), scanner.rest.isEmpty else { return nil }
    return instant(date, minutes: time.minutes - zone, seconds: time.seconds)
  }

  /// The date the bytes begin with, whatever follows.
  package static func leadingDate(_ bytes: ArraySlice<UInt8>) -> CalendarDate? {
    var scanner = DigitScanner(bytes)
    return scanner.date()
  }
}

extension DateText {
  private static let minutesPerDay = 1440

  private static func instant(_ date: CalendarDate, minutes: Int, seconds: Int) -> String? {
    let offset = minutes < 0 ? -1 : minutes >= minutesPerDay ? 1 : 0
    guard let day = date.neighbor(offset) else { return nil }
    let clock = minutes - offset * minutesPerDay
    let parts = [clock / 60, clock % 60, seconds].map(CalendarDate.twoDigits)
    return "\(day.text)T\(parts[0]):\(parts[1]):\(parts[2])Z"
  }
}

/// Takes numbers and signs off the front of a text.
package struct DigitScanner {
  package private(set) var rest: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// A number of that many digits, no digit more.
  package mutating func number(digits: ClosedRange<Int>) -> Int? {
    let run = rest.prefix { $0.isASCIIDigit }
    guard digits.contains(run.count) else { return nil }
    rest = rest[run.endIndex...]
    return run.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  mutating func skip(_ text: StaticString) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.utf8CodeUnitCount)
    return true
  }

  mutating func skipSpaces() { rest = rest.drop { $0.isHTMLSpace } }

  mutating func date() -> CalendarDate? {
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

  /// Hours and minutes, seconds if they are there; fractions of a second are passed over.
  mutating func time() -> (minutes: Int, seconds: Int)? {
    guard let hour = number(digits: 1...2), hour < 24, skip(":"),
      let minute = number(digits: 2...2), minute < 60
    else { return nil }
    guard skip(":") else { return (hour * 60 + minute, 0) }
    guard let second = number(digits: 2...2), second < 60 else { return nil }
    if skip(".") { rest = rest.drop { $0.isASCIIDigit } }
    return (hour * 60 + minute, second)
  }

  /// Minutes east of Greenwich: `Z`, `+08:00`, `+0800`.
  mutating func zone() -> Int? {
    if skip("Z") || skip("z") || skip("UTC") || skip("GMT") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0 else { return nil }
    if let digits = number(digits: 4...4) { return sign * (digits / 100 * 60 + digits % 100) }
    guard let hours = number(digits: 2...2), hours < 24 else { return nil }
    guard skip(":") else { return sign * hours * 60 }
    return number(digits: 2...2).map { sign * (hours * 60 + $0) }
  }
}

extension DigitScanner {
  private static let separators: [(StaticString, StaticString, StaticString)] = [
    ("-", "-", ""), ("/", "/", ""), (".", ".", ""), ("年", "月", "日"),
  ]

  private mutating func number(digits: Int) -> Int? { number(digits: digits...digits) }
}
