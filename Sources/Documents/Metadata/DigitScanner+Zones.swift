extension DigitScanner {
  /// What a text says of its zone.
  enum Zone: Equatable {
    /// Minutes east of Greenwich.
    case offset(Int)
    /// A name that stands for several: `CST` is China's and America's, 14 hours apart.
    case uncertain
  }

  /// `Z`, `+08:00`, `+0800`, `+8`, `UTC`, `GMT+8`, `(UTC +08:00)`, and the words of mails (RFC 2822).
  mutating func zone() -> Zone? {
    guard skip("(") else { return bareZone() }
    guard let zone = bareZone(), skip(")") else { return nil }
    return zone
  }

  /// `(China Standard Time)` and `[Asia/Shanghai]` behind an offset.
  mutating func skipNameOfZone() {
    for (opening, closing) in [("(", ")"), ("[", "]")] as [(StaticString, StaticString)] {
      if rest.hasPrefix(opening), rest.hasSuffix(closing) { self = DigitScanner([]) }
    }
  }
}

extension DigitScanner {
  /// The zones that are in use reach from 12 hours west to 14 hours east.
  private static let offsets = -12 * 60...14 * 60

  private mutating func bareZone() -> Zone? {
    if let minutes = attempt({ $0.offset() }) { return .offset(minutes) }
    let name = word().uppercased()
    guard let zone = DigitScanner.zones[name] else { return nil }
    guard DigitScanner.greenwich.contains(name) else { return zone }
    let minutes = attempt { scanner in
      scanner.skipSpaces()
      return scanner.offset()
    }
    // Behind `UTC`, what begins with a sign is an offset or the text is no date.
    guard let minutes else { return zone }
    return .offset(minutes)
  }

  /// `+08:00`, `-0700`, `+08`, `+8`.
  private mutating func offset() -> Int? {
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0 else { return nil }
    let minutes: Int
    if let digits = attempt({ $0.number(digits: 4) }) {
      guard digits % 100 < 60 else { return nil }
      minutes = digits / 100 * 60 + digits % 100
    } else {
      guard let hours = number(digits: 1...2) else { return nil }
      guard skip(":") else { return inUse(sign * hours * 60) }
      guard let more = number(digits: 2), more < 60 else { return nil }
      minutes = hours * 60 + more
    }
    return inUse(sign * minutes)
  }

  private func inUse(_ minutes: Int) -> Int? {
    DigitScanner.offsets.contains(minutes) ? minutes : nil
  }

  private static let greenwich: Set<String> = ["UTC", "GMT", "UT"]

  private static let zones: [String: Zone] = [
    "Z": .offset(0), "UTC": .offset(0), "GMT": .offset(0), "UT": .offset(0),
    "EST": .offset(-5 * 60), "EDT": .offset(-4 * 60), "CDT": .offset(-5 * 60),
    "MST": .offset(-7 * 60), "MDT": .offset(-6 * 60), "PST": .offset(-8 * 60),
    "PDT": .offset(-7 * 60), "CST": .uncertain,
  ]
}
