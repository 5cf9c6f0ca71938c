import Articles
import Documents

/// What services write into the members of a record.
extension JSONText {
  /// The text of a member, white space at its ends aside; nil for none, an empty one, or another kind.
  func text(_ name: String) -> String? {
    guard let text = self[name]?.string?.trimmed, !text.isEmpty else { return nil }
    return text
  }

  /// Yes or no, as such, as a number or as a text.
  func flag(_ name: String) -> Bool? {
    switch self[name] {
    case .bool(let flag): flag
    case .number(let text), .string(let text): FlagText.flag(text)
    default: nil
    }
  }

  /// A number, as such or as a text.
  func number(_ name: String) -> Double? {
    switch self[name] {
    case .number(let text), .string(let text): Double(text)
    default: nil
    }
  }

  /// When something was, in milliseconds since 1970.
  func time(_ name: String) -> Int64? {
    switch self[name] {
    case .number(let text), .string(let text): InstantText.milliseconds(of: text)
    default: nil
    }
  }

  /// Names: texts, or things with one of `keys`; in one text, what stands between commas. Each once,
  /// and none that is blank.
  func names(_ name: String, keys: [String]) -> [String] {
    guard let value = self[name] else { return [] }
    if case .string(let text) = value { return ListText.items(of: text, separators: [","]) }
    guard case .array(let elements) = value else { return [] }
    var names: [String] = []
    for element in elements {
      let text = element.string?.trimmed ?? keys.lazy.compactMap { element.text($0) }.first
      if let text, !text.isEmpty, !names.contains(text) { names.append(text) }
    }
    return names
  }

  /// A day or an instant, as an article's `published` is written.
  func date(_ name: String) -> String? {
    guard let text = text(name) else { return nil }
    return DateText.normalized(Array(text.utf8)[...])
  }
}
