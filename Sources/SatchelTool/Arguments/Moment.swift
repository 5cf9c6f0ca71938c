import ArgumentParser
import Foundation

/// A day or an instant in UTC that exists, as in `2026-03-13` and `2026-03-13T09:30:00Z`.
struct Moment: ExpressibleByArgument {
  /// As it was written.
  let text: String
  /// Since 1970; of a day, its beginning.
  let milliseconds: Int64

  init?(argument: String) {
    let pattern = /(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)Z)?/
    guard let match = argument.wholeMatch(of: pattern) else { return nil }
    func number(_ digits: Substring?) -> Int32 { digits.flatMap { Int32($0) } ?? 0 }
    var parts = tm()
    parts.tm_year = number(match.1) - 1_900
    (parts.tm_mon, parts.tm_mday) = (number(match.2) - 1, number(match.3))
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (
      number(match.4), number(match.5), number(match.6)
    )
    let asked = parts
    let seconds = timegm(&parts)
    // What is none, such as a thirteenth month, was carried over into another.
    guard parts.tm_year == asked.tm_year, parts.tm_mon == asked.tm_mon,
      parts.tm_mday == asked.tm_mday, parts.tm_hour == asked.tm_hour,
      parts.tm_min == asked.tm_min, parts.tm_sec == asked.tm_sec
    else { return nil }
    text = argument
    milliseconds = Int64(seconds) * 1_000
  }
}
