import Testing

@testable import Documents

@Suite struct DateTextTests {
  @Test(arguments: [
    ("2020-03-12", "2020-03-12"), ("2020/3/12", "2020-03-12"), ("2020.3.12", "2020-03-12"),
    ("20200312", "2020-03-12"), ("  2020-03-12\n", "2020-03-12"), ("2020년 3월 12일", "2020-03-12"),
    ("2020年3月12日", "2020-03-12"), ("2020年 3月 12日", "2020-03-12"),
    ("2020年3月12日 星期四", "2020-03-12"), ("2020年3月12日（木）", "2020-03-12"),
    ("March 12, 2020", "2020-03-12"), ("12 March 2020", "2020-03-12"),
    ("Mar. 12 2020", "2020-03-12"), ("12-Mar-2020", "2020-03-12"),
    ("12th of March 2020", "2020-03-12"),
    ("Thursday, March 12th, 2020", "2020-03-12"), ("Sept 1, 2020", "2020-09-01"),
    ("Thu, 12 Mar 2020", "2020-03-12"), ("1 May 2020", "2020-05-01"),
  ])
  func `a day is read however it is written`(written: String, day: String) {
    #expect(written.asDate == day)
  }

  @Test(arguments: [
    ("2020-03-12T09:30:00Z", "2020-03-12T09:30:00Z"),
    ("2020-03-12t09:30:00z", "2020-03-12T09:30:00Z"),
    ("2020-03-12 09:30 UTC", "2020-03-12T09:30:00Z"),
    ("2016-09-08T11:55:58+0200", "2016-09-08T09:55:58Z"),
    ("2020-03-12T09:30:00.123456-01:00", "2020-03-12T10:30:00Z"),
    ("2020-03-12 09:30:00,5 +08", "2020-03-12T01:30:00Z"),
    ("2020-12-31T23:59:59-00:30", "2021-01-01T00:29:59Z"),
    ("20200312T093000Z", "2020-03-12T09:30:00Z"), ("20200312T0930+0800", "2020-03-12T01:30:00Z"),
    ("2020-03-12T09:30:00+08:00[Asia/Shanghai]", "2020-03-12T01:30:00Z"),
    ("2023-11-24T14:37:23 (UTC +08:00)", "2023-11-24T06:37:23Z"),
    ("2020-03-12 09:30 GMT+8", "2020-03-12T01:30:00Z"),
    ("2020-03-12 09:30 +14:00", "2020-03-11T19:30:00Z"),
    ("Mon, 02 Jan 2006 15:04:05 -0700", "2006-01-02T22:04:05Z"),
    ("02 Jan 2006 15:04:05 GMT", "2006-01-02T15:04:05Z"),
    ("Mon, 2 Jan 2006 15:04 EST", "2006-01-02T20:04:00Z"),
    ("Mon Jan 02 15:04:05 UTC 2006", "2006-01-02T15:04:05Z"),
    ("Fri Mar 13 2020 09:30:00 GMT+0800 (China Standard Time)", "2020-03-13T01:30:00Z"),
    ("March 12, 2020 at 9:30 PM PDT", "2020-03-13T04:30:00Z"),
    ("March 12, 2020, 12:05 a.m. UTC", "2020-03-12T00:05:00Z"),
    ("2020年3月12日 下午3点05分 +0800", "2020-03-12T07:05:00Z"),
    ("2020年3月12日09:30 UTC+8", "2020-03-12T01:30:00Z"),
    ("1700000000", "2023-11-14T22:13:20Z"), ("1700000000.5", "2023-11-14T22:13:20Z"),
    ("1700000000123", "2023-11-14T22:13:20Z"), ("1700000000123456", "2023-11-14T22:13:20Z"),
    ("999999999", "2001-09-09T01:46:39Z"),
  ])
  func `an instant is read in UTC`(written: String, instant: String) {
    #expect(written.asDate == instant)
  }

  @Test(arguments: [
    "2020-03-12T09:30", "2020-03-12 09:30:00", "2020年3月12日 上午9:30", "2020年3月12日09时30分",
    "March 12, 2020 9:30 am", "Thu Mar 12 09:30:00 2020", "202003120930", "20200312093000",
    "2020-03-12 09:30 CST",
  ])
  func `a time that is nowhere says the day alone`(written: String) {
    #expect(written.asDate == "2020-03-12")
  }

  @Test(arguments: [
    "", "yesterday", "2020", "2020-03", "March 2020", "12", "3/12/2020", "13.3.2020", "0020-03-12",
    "2020-02-30", "2019-02-29", "2020-13-01", "20200230", "30 February 2020", "March 32, 2020",
    "2020年2月30日", "2020-3月12", "2020-03-12T24:00Z", "2020-03-12T09:60Z", "2020-03-12T09:30:60Z",
    "2020-03-12T09:30+9999", "2020-03-12T09:30+0860", "2020-03-12T09:30+15:00",
    "2020-03-12T09:30-12:30", "2020-03-12T09:30+08:000", "2020-03-12T09:30 UTC+9999",
    "2020-03-12T09:30 CET", "2020-03-12T09:30Zulu", "2020-03-12 13:00 am", "2020-03-12 and more",
    "2020-03-12T09:30Z and more", "99999999999999999999-01-01", "12345678901",
    "99999999999999999999",
    "9999999999", "202013010930", "202003122530", "Mar 12 20", "Foo 12 2020", "Ma 12 2020",
    "1899-12-31", "2200-01-01", "2199-12-31T23:30-01:00", "1700000000.", "1700000000123.5",
  ])
  func `what is no date is none`(written: String) {
    #expect(written.asDate == nil)
  }

  @Test(arguments: 1...20)
  func `what is read is written, and read again the same`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    for _ in 0..<50 {
      let milliseconds = Int64.random(in: -2_208_988_800_000...7_258_118_399_999, using: &random)
      let instant = try #require(DatedInstant(millisecondsSince1970: milliseconds))
      #expect(instant.millisecondsSince1970 == milliseconds, "seed \(seed)")
      let seconds = milliseconds - Int64((instant.millisecondsOfDay ?? 0) % 1000)
      for written in spellings(of: instant, using: &random) {
        let read = DateText.instant(Array(written.utf8)[...])
        #expect(read?.millisecondsSince1970 == seconds, "seed \(seed): \(written)")
        #expect(written.asDate == instant.text, "seed \(seed): \(written)")
        #expect(instant.text.asDate == instant.text, "seed \(seed)")
      }
      for written in spellings(of: instant.date) {
        #expect(written.asDate == instant.date.text, "seed \(seed): \(written)")
      }
    }
  }

  @Test(arguments: 1...20)
  func `whatever is taken for a date reads again as the same`(seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in 0..<500 {
      let count = Int.random(in: 1...9, using: &random)
      let written = (0..<count).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      guard let date = written.asDate else { continue }
      #expect(date.asDate == date, "seed \(seed): \(written)")
    }
  }

  @Test(arguments: ["1", " ", "2020年", "Mar ", "+08:00", "(", "T", "0", "2020-03-12T09:30:00 ("])
  func `a text costs as many steps as a date can have, however long it is`(unit: String) {
    for count in [1, 10, 100, 10_000] {
      let text = Array(String(repeating: unit, count: count).utf8)
      #expect(DateText.read(text[...]).steps <= 4_000, "\(unit) \(count) times")
    }
  }

  private let pieces = [
    "2020", "-03-12", "03", "12", "-", "/", ":", " ", "T", "Z", "+08:00", "+9999", "-0730", "09:30",
    ":00", ".5", "UTC", "GMT", "EST", "CST", "Mar ", "March 12, ", "Thu, ", "年", "月", "日", "下午",
    "点", "分", "20200312", "1700000000", "000", " PM", "(", ")", "2020年3月12日", "星期四",
  ]

  private func spellings(
    of instant: DatedInstant, using random: inout SplitMix
  ) -> [String] {
    let seconds = (instant.millisecondsOfDay ?? 0) / 1000
    let clock = String(instant.text.dropFirst(11).dropLast())
    let (date, month) = (instant.date, months[instant.date.month - 1])
    let hour = seconds / 3600
    let twelve = "\((hour + 11) % 12 + 1)\(clock.dropFirst(2)) \(hour < 12 ? "AM" : "PM")"
    return [
      "\(date.text) \(clock) +0000", "\(date.text)T\(clock).000Z",
      "\(date.day) \(month) \(date.year) \(clock) GMT",
      "\(month.prefix(3)) \(date.day), \(date.year) \(twelve) UTC",
      "\(date.year)年\(date.month)月\(date.day)日 \(hour)点\(clock.dropFirst(3).prefix(2))分"
        + "\(clock.suffix(2))秒 UTC",
    ]
  }

  private func spellings(of date: CalendarDate) -> [String] {
    let month = months[date.month - 1]
    return [
      "\(date.year)/\(date.month)/\(date.day)", "\(date.year)年\(date.month)月\(date.day)日",
      "\(month) \(date.day), \(date.year)", "\(date.day) \(month.prefix(3)) \(date.year)",
      date.text.filter { $0 != "-" },
    ]
  }

  private let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
