import Documents

/// Instants as foreign files write them: `2026-01-02T03:04:05.678Z`.
enum InstantText {
  /// Milliseconds since 1970 as ISO 8601 in UTC; nil outside the years of `CalendarDate`.
  static func text(of milliseconds: Int64) -> String? {
    guard let instant = DatedInstant(millisecondsSince1970: milliseconds) else { return nil }
    let fraction = String(1000 + (instant.millisecondsOfDay ?? 0) % 1000).dropFirst()
    return "\(instant.text.dropLast()).\(fraction)Z"
  }

  /// Milliseconds since 1970; nil for text that names no instant. A day without a time is its
  /// midnight in UTC.
  static func milliseconds(of text: String) -> Int64? {
    DateText.instant(Array(text.utf8)[...])?.millisecondsSince1970
  }
}
