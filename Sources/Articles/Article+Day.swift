extension Article {
  /// The day it was published, or was added where that is not known, in days since 1970-01-01.
  public var day: Int {
    published.flatMap { Article.day(of: $0) } ?? Int((addedMilliseconds / 86_400_000))
  }

  /// Reads the first ten characters of an ISO 8601 time: nil where they are no day.
  private static func day(of text: String) -> Int? {
    let head = Array(text.utf8.prefix(10))
    guard head.count == 10, head[4] == UInt8(ascii: "-"), head[7] == UInt8(ascii: "-"),
      let year = number(head[0..<4]), let month = number(head[5..<7]), (1...12).contains(month),
      let day = number(head[8..<10]), (1...31).contains(day)
    else { return nil }
    return CivilDay(year: year, month: month, day: day).number
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.reduce(0) { number, digit in
      guard let number, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      return 10 * number + Int(digit - UInt8(ascii: "0"))
    }
  }
}
