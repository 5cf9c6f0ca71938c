/// A grapheme cluster as it is laid out on a terminal.
struct TerminalCell {
  let character: Character
  /// The character's first scalar, by which it is told from others faster than by itself.
  let scalar: UInt32
  let columns: Int
  let style: TerminalStyle
  /// Whether the cell stays with the one before it, whatever the characters say.
  var isGlued = false

  init(_ character: Character, _ style: TerminalStyle, isGlued: Bool = false) {
    self.character = character
    self.scalar = character.unicodeScalars.first?.value ?? 0
    self.columns = DisplayWidth.columns(of: character)
    self.style = style
    self.isGlued = isGlued
  }

  var isSpace: Bool { scalar == 0x20 && columns == 1 }
}

/// How a terminal sets off a cell.
struct TerminalStyle: OptionSet {
  let rawValue: UInt8

  static let bold = TerminalStyle(rawValue: 1)
  static let dim = TerminalStyle(rawValue: 2)
  static let italic = TerminalStyle(rawValue: 4)
  static let underline = TerminalStyle(rawValue: 8)
  static let cyan = TerminalStyle(rawValue: 16)
  static let reverse = TerminalStyle(rawValue: 32)

  /// The sequence that switches from no style to this one.
  var sequence: String {
    let codes: [(TerminalStyle, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"), (.cyan, "36"),
    ]
    return "\u{1b}[" + codes.filter { contains($0.0) }.map(\.1).joined(separator: ";") + "m"
  }

  static let reset = "\u{1b}[0m"
}
