import Foundation
import Satchel

/// Numbers, sizes and times for people.
enum Text {
  /// `13,823`.
  static func number(_ number: some BinaryInteger) -> String { Wording.number(number) }

  /// `1 article`, `41 articles`.
  static func count(_ number: some BinaryInteger, _ noun: String) -> String {
    Wording.count(number, noun)
  }

  /// `310 bytes`, `1.2 kB`, `28.8 MB`: powers of a thousand.
  static func bytes(_ count: some BinaryInteger) -> String {
    guard count >= 1_000 else { return "\(count) bytes" }
    var tenths = (Int(count) + 50) / 100
    var unit = "kB"
    for larger in ["MB", "GB"] where tenths >= 10_000 {
      (tenths, unit) = ((tenths + 500) / 1_000, larger)
    }
    return "\(tenths / 10).\(tenths % 10) \(unit)"
  }

  /// RFC 3339 in UTC, to the second.
  static func time(milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1_000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let year = String(Int(parts.tm_year) + 1_900)
    let zeros = String(repeating: "0", count: max(0, 4 - year.count))
    let day = "\(zeros)\(year)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    return "\(day)T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
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

extension StringProtocol {
  /// Without the sequences that say how a terminal is to draw it.
  var withoutStyles: String {
    var (text, isStyle) = ("", false)
    for character in self {
      if character == "\u{1b}" { isStyle = true }
      if !isStyle { text.append(character) }
      if character == "m" { isStyle = false }
    }
    return text
  }
}
