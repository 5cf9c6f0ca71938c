/// What a program that saved a page wrote into it: SingleFile's first comment, or the line that
/// browsers write (`saved from url=(0019)https://example.org`).
struct SavedPageComment {
  private(set) var address: String?
  private(set) var saved: String?

  /// Nil for any other comment.
  init?(_ comment: ArraySlice<UInt8>) {
    let head = comment.prefix(SavedPageComment.longest)
    if head.contains("Page saved with SingleFile") {
      for line in head.lines {
        if let value = SavedPageComment.value(of: "url:", in: line) { address = address ?? value }
        if let value = SavedPageComment.value(of: "saved date:", in: line) {
          saved = saved ?? value
        }
      }
    } else if let range = head.firstRange(of: "saved from url=(") {
      let rest = head[range.upperBound...].drop { $0.isASCIIDigit }
      guard rest.first == UInt8(ascii: ")") else { return nil }
      let text = rest.dropFirst().prefix { !$0.isHTMLSpace }
      address = SavedPageComment.text(text)
    } else {
      return nil
    }
  }

  private static let longest = 32 << 10

  private static func value(of name: StaticString, in line: ArraySlice<UInt8>) -> String? {
    let line = line.trimmed()
    return line.hasPrefix(name) ? text(line.dropFirst(name.utf8CodeUnitCount)) : nil
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
    let text = bytes.trimmed()
    return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
  }
}
