extension DigitScanner {
  /// What stands behind a day, up to the end of the text: nothing, a time, a time with its zone.
  mutating func timeOfDay(on date: CalendarDate) -> DatedInstant? {
    skipWeekday()
    if rest.isEmpty { return DatedInstant(date) }
    // Digits can follow a day directly only behind 日, where no space is needed.
    _ = skip(anyOf: ["T", "t", ","])
    skipSpaces()
    _ = skip(anyOf: ["at ", "- ", "| ", "· "])
    skipWeekday()
    if rest.isEmpty { return DatedInstant(date) }
    guard let time = time() else { return nil }
    skipSpaces()
    let zone = attempt { $0.zone() }
    skipSpaces()
    if zone != nil { skipNameOfZone() }
    return rest.isEmpty ? DatedInstant(date, time, zone) : nil
  }

  /// `9:30`, `09:30:00.123`, `093000`, `9:30 pm`, `下午3点05分`, in milliseconds since midnight.
  mutating func time() -> Int? {
    let half = halfOfDay(DigitScanner.chineseHalves)
    skipSpaces()
    guard let clock = attempt({ $0.compactClock() }) ?? attempt({ $0.clock() }) else { return nil }
    let latin = half ?? attempt { $0.latinHalf() }
    guard let hour = DigitScanner.hour(clock.hour, in: latin) else { return nil }
    return (hour * 60 + clock.minute) * 60_000 + clock.milliseconds
  }

  /// The fraction behind a point or a comma as milliseconds, further digits passed over.
  mutating func milliseconds() -> Int? {
    guard skip(".") || skip(",") else { return nil }
    let digits = rest.prefix { $0.isASCIIDigit }.prefix(3)
    guard !digits.isEmpty else { return nil }
    skipDigits()
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } * [0, 100, 10, 1][digits.count]
  }
}

extension DatedInstant {
  /// - Parameters:
  ///   - milliseconds: of the day, on the clock of the zone.
  ///   - zone: without one, or with one that is not certain, only the day is known.
  init?(_ date: CalendarDate, _ milliseconds: Int, _ zone: DigitScanner.Zone?) {
    guard case .offset(let minutes) = zone else {
      self.init(date)
      return
    }
    let midnight = DatedInstant(date).millisecondsSince1970
    self.init(millisecondsSince1970: midnight + Int64(milliseconds - minutes * 60_000))
  }
}

extension DigitScanner {
  private typealias Clock = (hour: Int, minute: Int, milliseconds: Int)

  private enum Half { case morning, afternoon }

  private mutating func clock() -> Clock? {
    guard let hour = number(digits: 1...2), hour < 24 else { return nil }
    if skip(anyOf: ["点", "點", "时", "時"]) { return chineseClock(hour) }
    // An hour alone is a time only on a clock of twelve hours.
    guard skip(":") else { return hour > 12 || peekHalf() == nil ? nil : (hour, 0, 0) }
    guard let minute = number(digits: 2), minute < 60 else { return nil }
    guard skip(":") else { return (hour, minute, 0) }
    guard let second = number(digits: 2), second < 60 else { return nil }
    let fraction = attempt { $0.milliseconds() } ?? 0
    return (hour, minute, second * 1000 + fraction)
  }

  /// `05分07秒` behind the hour.
  private mutating func chineseClock(_ hour: Int) -> Clock? {
    guard let minute = number(digits: 1...2) else { return (hour, 0, 0) }
    guard minute < 60, skip("分") else { return nil }
    guard let second = number(digits: 1...2) else { return (hour, minute, 0) }
    guard second < 60, skip("秒") else { return nil }
    return (hour, minute, second * 1000)
  }

  /// `0930`, `093000`, `093000.123`, as ISO 8601 has it.
  private mutating func compactClock() -> Clock? {
    let digits = rest.prefix(7).prefix { $0.isASCIIDigit }.count
    guard digits == 4 || digits == 6, var number = number(digits: digits) else { return nil }
    if digits == 4 { number *= 100 }
    guard number / 10_000 < 24, number / 100 % 100 < 60, number % 100 < 60 else { return nil }
    let fraction = attempt { $0.milliseconds() } ?? 0
    return (number / 10_000, number / 100 % 100, number % 100 * 1000 + fraction)
  }

  private static func hour(_ hour: Int, in half: Half?) -> Int? {
    switch half {
    case nil: hour
    // Chinese writers say 下午15:04 as well.
    case .afternoon: hour < 12 ? hour + 12 : hour
    case .morning: hour < 12 ? hour : hour == 12 ? 0 : nil
    }
  }

  private mutating func latinHalf() -> Half? {
    skipSpaces()
    return halfOfDay(DigitScanner.latinHalves)
  }

  private func peekHalf() -> Half? {
    var ahead = self
    return ahead.latinHalf()
  }

  private mutating func halfOfDay(_ words: [(StaticString, Half)]) -> Half? {
    for (word, half) in words where skip(word) { return half }
    return nil
  }

  private static let latinHalves: [(StaticString, Half)] = [
    ("AM", .morning), ("am", .morning), ("a.m.", .morning), ("PM", .afternoon),
    ("pm", .afternoon), ("p.m.", .afternoon),
  ]

  private static let chineseHalves: [(StaticString, Half)] = [
    ("上午", .morning), ("凌晨", .morning), ("早上", .morning), ("下午", .afternoon),
    ("晚上", .afternoon), ("中午", .afternoon), ("오전", .morning), ("오후", .afternoon),
  ]

  /// `星期五`, `周五`, `（金）`, which say nothing that the day does not.
  private mutating func skipWeekday() {
    var ahead = self
    ahead.skipSpaces()
    let isBracketed = ahead.skip(anyOf: ["(", "（"])
    let hasLabel = ahead.skip(anyOf: ["星期", "周", "週", "礼拜", "禮拜"])
    guard isBracketed || hasLabel, ahead.skip(anyOf: DigitScanner.weekdayCharacters) else { return }
    if !hasLabel { _ = ahead.skip(anyOf: ["曜日", "曜"]) }
    if isBracketed, !ahead.skip(anyOf: [")", "）"]) { return }
    self = ahead
  }

  private static let weekdayCharacters: [StaticString] = [
    "一", "二", "三", "四", "五", "六", "日", "天", "月", "火", "水", "木", "金", "土",
  ]
}
