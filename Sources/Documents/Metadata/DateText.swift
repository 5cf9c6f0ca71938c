/// Reads the dates people and programs write, in the shapes that leave no doubt.
///
/// `2020-03-13`, `2020/3/13`, `2020年3月13日`, `20200313`, ISO 8601 with and without a zone, the dates
/// of mails (`Fri, 13 Mar 2020 09:30:00 +0800`), long English ones (`March 13, 2020`), and seconds,
/// milliseconds or microseconds since 1970. A time without a zone names no instant, so only its day
/// counts. A day, a time or an offset that does not exist makes the whole text none, as does
/// anything behind them.
public enum DateText {
  /// The date or instant as ISO 8601 writes it; nil if the text is anything else.
  public static func normalized(_ bytes: ArraySlice<UInt8>) -> String? {
    instant(bytes)?.text
  }

  /// The date or instant that is written; nil if the text is anything else.
  public static func instant(_ bytes: ArraySlice<UInt8>) -> DatedInstant? {
    read(bytes).instant
  }

  /// The date the bytes begin with, whatever follows.
  public static func leadingDate(_ bytes: ArraySlice<UInt8>) -> CalendarDate? {
    var scanner = DigitScanner(bytes)
    return scanner.yearFirst()
  }
}

extension DateText {
  /// No date is longer, so that what is none costs little, however long it is.
  static let lengthLimit = 128

  /// The date, and how many bytes were looked at to find it or that there is none.
  static func read(_ bytes: ArraySlice<UInt8>) -> (instant: DatedInstant?, steps: Int) {
    guard bytes.count <= lengthLimit else { return (nil, 1) }
    var scanner = DigitScanner(bytes.trimmed())
    let instant =
      scanner.attempt { $0.wholeNumber() } ?? scanner.attempt { $0.yearFirstWithTime() }
      ?? scanner.attempt { $0.inWords() }
    return (instant, scanner.steps)
  }
}
