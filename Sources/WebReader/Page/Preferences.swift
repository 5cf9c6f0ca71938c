/// What a reader chose for this browser; it lies in a cookie (Protocol 11.4, settings).
struct Preferences: Sendable, Equatable {
  var size = TextSize.medium
  /// Whether an article is marked read when its end was seen.
  var marksReadAtEnd = false

  enum TextSize: String, Sendable, CaseIterable { case small, medium, large, huge }

  static let cookieName = "satchel-reader"

  init() {}

  /// - Parameter cookie: its value; what it does not say, or says otherwise, is as it is at first.
  init(cookie: String) {
    for part in cookie.split(separator: ".") {
      if let size = TextSize(rawValue: String(part)) { self.size = size }
      if part == "end" { marksReadAtEnd = true }
    }
  }

  var cookie: String { size.rawValue + (marksReadAtEnd ? ".end" : "") }
}
