/// Writes a block's text as Markdown.
struct MarkdownInlineWriter {
  enum Place { case paragraph, heading, cell }

  private let place: Place
  private var output: [UInt8] = []
  /// Whether what comes stands where a mark would make a block of the line.
  private var isAtLineStart: Bool
  /// Whether the last byte is a mark that emphasis ends with.
  private var endsInMark = false

  static func text(_ inlines: [Inline], in place: Place) -> String {
    var writer = MarkdownInlineWriter(place)
    writer.append(inlines)
    return String(decoding: writer.output, as: UTF8.self)
  }

  private init(_ place: Place) {
    self.place = place
    isAtLineStart = place != .heading
  }
}

extension MarkdownInlineWriter {
  private mutating func append(_ inlines: [Inline]) {
    for inline in inlines { append(inline) }
  }

  private mutating func append(_ inline: Inline) {
    switch inline {
    case .text(let text): append(escaping: text)
    case .lineBreak: appendLineBreak()
    case .emphasis(let inner): append(inner, mark: "*", element: "em")
    case .strong(let inner): appendStrong(inner)
    case .code(let inner): appendCode(inner)
    case .link(let destination, let inner): appendLink(destination, inner)
    case .image(let source, let alternative):
      append(verbatim: "![")
      append(escaping: alternative)
      append(verbatim: "](" + destination(source) + ")")
    }
  }

  private mutating func append(verbatim text: String) {
    output += Array(text.utf8)
    isAtLineStart = false
    endsInMark = false
  }

  private mutating func appendLineBreak() {
    guard place == .paragraph else { return append(verbatim: "<br>") }
    append(verbatim: "\\\n")
    isAtLineStart = true
  }
}

// MARK: Styles

extension MarkdownInlineWriter {
  private mutating func appendStrong(_ inner: [Inline]) {
    if inner.count == 1, case .emphasis(let both) = inner[0], canMark(both) {
      append(both, between: "***")
    } else {
      append(inner, mark: "**", element: "strong")
    }
  }

  private mutating func append(_ inner: [Inline], mark: String, element: String) {
    if canMark(inner) { return append(inner, between: mark) }
    append(verbatim: "<\(element)>")
    append(inner)
    append(verbatim: "</\(element)>")
  }

  private mutating func append(_ inner: [Inline], between mark: String) {
    append(verbatim: mark)
    append(inner)
    append(verbatim: mark)
    endsInMark = true
  }

  /// Whether marks around the text open and close whatever stands beside them: its ends are neither
  /// spaces nor marks that ask for a space outside, and no other marks come right before.
  private func canMark(_ inner: [Inline]) -> Bool {
    guard !endsInMark, case .text(let head)? = inner.first, case .text(let tail)? = inner.last
    else { return false }
    guard let first = head.unicodeScalars.first, let last = tail.unicodeScalars.last else {
      return false
    }
    return MarkdownFlanking.isSolid(first.value) && MarkdownFlanking.isSolid(last.value)
  }

  private mutating func appendCode(_ inner: [Inline]) {
    if case .text(let code)? = inner.first, inner.count == 1, let ticks = ticks(around: code) {
      let space = code.utf8.first == 0x60 || code.utf8.last == 0x60 ? " " : ""
      append(verbatim: ticks + space + code + space + ticks)
    } else {
      append(verbatim: "<code>")
      append(inner)
      append(verbatim: "</code>")
    }
  }

  /// A run of backticks that the code does not hold; nil where backticks would lose something of it.
  private func ticks(around code: String) -> String? {
    guard code.utf8.first?.isHTMLSpace == false, code.utf8.last?.isHTMLSpace == false,
      !code.utf8.contains(0x0A), place != .cell || !code.utf8.contains(UInt8(ascii: "|"))
    else { return nil }
    let runs = Set(code.utf8.split { $0 != UInt8(ascii: "`") }.map(\.count))
    return (1...8).first { !runs.contains($0) }.map { String(repeating: "`", count: $0) }
  }
}

// MARK: Links

extension MarkdownInlineWriter {
  private mutating func appendLink(_ address: String, _ inner: [Inline]) {
    if inner == [.text(address)] && isAutomatic(address) {
      return append(verbatim: "<" + address + ">")
    }
    append(verbatim: "[")
    append(inner)
    append(verbatim: "](" + destination(address) + ")")
  }

  /// Whether an address between angles is a link to itself.
  private func isAutomatic(_ address: String) -> Bool {
    (address.hasPrefix("http://") || address.hasPrefix("https://"))
      && address.utf8.allSatisfy { $0 > 0x20 && !"<>|".utf8.contains($0) }
  }

  private func destination(_ address: String) -> String {
    let bytes = Array(address.utf8)
    let holdsReference = HTMLCharacterReferences.decoded(bytes[...]) != address
    var output: [UInt8] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "&") where holdsReference: output += Array("&amp;".utf8)
      case 0x0A, 0x0D: output += Array("&#\(byte);".utf8)
      case _ where "\\<>()".utf8.contains(byte), UInt8(ascii: "|") where place == .cell:
        output += [UInt8(ascii: "\\"), byte]
      default: output.append(byte)
      }
    }
    let text = String(decoding: output, as: UTF8.self)
    return bytes.contains { $0 <= 0x20 } ? "<\(text)>" : text
  }
}

// MARK: Text

extension MarkdownInlineWriter {
  private mutating func append(escaping text: String) {
    for part in text.unicodeScalars.split(
      separator: "\u{FEFF}", omittingEmptySubsequences: false
    ).enumerated() {
      // At the start of a text it would be a byte order mark.
      if part.offset > 0 { append(verbatim: "&#xFEFF;") }
      let bytes = Array(String(part.element).utf8)
      for index in bytes.indices { append(bytes, at: index) }
    }
  }

  private mutating func append(_ bytes: [UInt8], at index: Int) {
    if mustEscape(bytes, at: index) { output.append(UInt8(ascii: "\\")) }
    output.append(bytes[index] == 0x0A || bytes[index] == 0x0D ? 0x20 : bytes[index])
    // A number with a stop behind it begins an item.
    isAtLineStart = isAtLineStart && bytes[index].isASCIIDigit
    endsInMark = false
  }

  private func mustEscape(_ bytes: [UInt8], at index: Int) -> Bool {
    let before = index > 0 ? bytes[index - 1] : 0x20
    let after = index + 1 < bytes.count ? bytes[index + 1] : 0x20
    switch bytes[index] {
    case _ where "\\`*[]<".utf8.contains(bytes[index]): return true
    case UInt8(ascii: "_"): return !(before.isLatin && after.isLatin)
    case UInt8(ascii: "&"): return after == UInt8(ascii: "#") || after.isASCIILetter
    case UInt8(ascii: "!"): return index + 1 == bytes.count
    case UInt8(ascii: "|"): return isAtLineStart || place == .cell
    // Behind a bracket the line would define where a label leads, escaped or not.
    case UInt8(ascii: ":") where isAtLineStart || before == UInt8(ascii: "]"): return true
    case UInt8(ascii: ":"): return endsScheme(bytes[..<index])
    case _ where "#>-+=~".utf8.contains(bytes[index]): return isAtLineStart
    case UInt8(ascii: "."), UInt8(ascii: ")"): return isAtLineStart
    default: return false
    }
  }

  /// Whether an address would begin to be a link by itself.
  private func endsScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.suffix(4).elementsEqual("http".utf8) || bytes.suffix(5).elementsEqual("https".utf8)
  }
}

extension UInt8 {
  fileprivate var isLatin: Bool { isASCIILetter || isASCIIDigit }
}
