/// A day in a query: one of the calendar, or one counted back from the reader's today.
public enum FilterDay: Sendable, Hashable {
  /// Days since 1970-01-01.
  case day(Int)
  case today
  case yesterday
  /// So many units before today, at most ``maximumAgo``.
  case ago(Int, Unit)

  /// How many days each stands for is fixed, so that a query means the same everywhere.
  public enum Unit: String, Sendable, CaseIterable {
    case days = "d"
    case weeks = "w"
    case months = "m"
    case years = "y"

    public var days: Int {
      switch self {
      case .days: 1
      case .weeks: 7
      case .months: 30
      case .years: 365
      }
    }
  }

  public static let maximumAgo = 36_500

  /// Reads `2026-03-13`, `2026-03`, `2026`, `today`, `yesterday` or `7d`, `2w`, `3m`, `1y`; nil for
  /// another text, and for a day that does not exist.
  public init?(_ text: String) {
    let small = text.lowercased()
    switch small {
    case "today": self = .today
    case "yesterday": self = .yesterday
    default:
      guard let day = FilterDay.ago(small) ?? CivilDay(small).map({ .day($0.number) }) else {
        return nil
      }
      self = day
    }
  }

  private static func ago(_ text: String) -> FilterDay? {
    guard let unit = text.last.flatMap({ Unit(rawValue: String($0)) }),
      let count = CivilDay.number(text.dropLast(), digits: 1...5), count <= maximumAgo
    else { return nil }
    return .ago(count, unit)
  }

  /// The day's number since 1970-01-01.
  ///
  /// - Parameter today: the reader's, counted likewise.
  package func number(today: Int) -> Int {
    switch self {
    case .day(let number): number
    case .today: today
    case .yesterday: today - 1
    case .ago(let count, let unit): today - count * unit.days
    }
  }
}

extension FilterDay: CustomStringConvertible {
  /// As a query has it.
  public var description: String {
    switch self {
    case .day(let number): CivilDay(number: number).description
    case .today: "today"
    case .yesterday: "yesterday"
    case .ago(let count, let unit): "\(count)\(unit.rawValue)"
    }
  }
}
