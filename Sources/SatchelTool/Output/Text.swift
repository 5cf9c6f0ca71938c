import Foundation
import Satchel

/// Numbers, sizes and times for people.
enum Text {
  /// `13,823`.
  static func number(_ number: some BinaryInteger) -> String {
    var digits = Array(String(number))
    var position = digits.count - 3
    while position > (digits.first == "-" ? 1 : 0) {
      digits.insert(",", at: position)
      position -= 3
    }
    return String(digits)
  }

  /// `1 article`, `41 articles`.
  static func count(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(Text.number(number)) \(number == 1 ? noun : plural(noun))"
  }

  private static func plural(_ noun: String) -> String {
    noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + "s"
  }

  /// `310 bytes`, `1.2 kB`, `28.8 MB`: powers of a thousand.
  static func bytes(_ count: some BinaryInteger) -> String {
    var value = Double(count)
    for unit in ["bytes", "kB", "MB", "GB"] {
      if value < 1_000 || unit == "GB" {
        return unit == "bytes" ? "\(Int(value)) bytes" : String(format: "%.1f \(unit)", value)
      }
      value /= 1_000
    }
    return "\(count) bytes"
  }

  /// RFC 3339 in UTC, to the second.
  static func time(milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1_000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    return String(
      format: "%04d-%02d-%02dT%02d:%02d:%02dZ", Int(parts.tm_year) + 1_900, Int(parts.tm_mon) + 1,
      Int(parts.tm_mday), Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec))
  }

  /// `20261122-0837`, for file names.
  static func fileTime(milliseconds: Int64) -> String {
    let digits = time(milliseconds: milliseconds).filter(\.isNumber)
    return "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(4))"
  }
}

/// Knowledge as scripts read it: per replica, its ranges.
struct RangesJSON: Encodable {
  let ranges: [String: [[UInt64]]]

  init(_ knowledge: Knowledge) {
    ranges = Dictionary(
      uniqueKeysWithValues: knowledge.sorted.map { entry in
        (
          entry.replica.description,
          entry.sequences.ranges.map { [$0.lowerBound, $0.upperBound] }
        )
      })
  }

  func encode(to encoder: any Encoder) throws { try ranges.encode(to: encoder) }
}
