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
  static func bytes(_ count: some BinaryInteger) -> String { Wording.bytes(count) }

  /// RFC 3339 in UTC, to the second.
  static func time(milliseconds: Int64) -> String { Wording.time(milliseconds: milliseconds) }

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
