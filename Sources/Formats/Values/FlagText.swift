/// Yes and no as foreign files write them.
enum FlagText {
  /// Nil for what is neither.
  static func flag(_ text: String) -> Bool? {
    switch text.trimmed.lowercased() {
    case "true", "1", "yes", "y", "t", "x", "✓", "on": true
    case "false", "0", "no", "n", "f", "off": false
    default: nil
    }
  }
}
