/// Reads a list in brackets, `[a, "b, c", [d]]`, each byte once.
struct YAMLFlow {
  /// How many bytes were looked at.
  private(set) var steps = 0
  private var rest: ArraySlice<UInt8>
  private var items: [String] = []
  private var item: [UInt8] = []
  /// Whether a quote would open a text here.
  private var isAtStart = true
  private var isPlain = true

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The items of the list, an inner list as one text with its brackets; nil if the list is not
  /// closed, or if anything but a comment follows.
  mutating func list() -> [String]? {
    var depth = 0
    while let byte = rest.popFirst() {
      steps += 1
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        if depth > 1 { append(byte, opensText: true) }
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return isEnd ? finished() : nil }
        append(byte)
      case UInt8(ascii: ",") where depth == 1: finishItem()
      case UInt8(ascii: ","): append(byte, opensText: true)
      case UInt8(ascii: "\"") where isAtStart, UInt8(ascii: "'") where isAtStart:
        guard take(quotedBy: byte, depth: depth) else { return nil }
      case UInt8(ascii: "#") where isComment: skipLine()
      default: append(byte)
      }
    }
    return nil
  }
}

extension YAMLFlow {
  private var isEnd: Bool {
    let end = rest.drop(while: \.isHTMLSpace)
    return end.isEmpty || end.count < rest.count && end.first == UInt8(ascii: "#")
  }

  /// Whether a `#` begins a comment; `#boats` is a tag.
  private var isComment: Bool {
    item.last?.isHTMLSpace != false && rest.first?.isHTMLSpace == true
  }

  private mutating func skipLine() {
    let line = rest.prefix { $0 != UInt8(ascii: "\n") }
    steps += line.count
    rest = rest[line.endIndex...]
  }

  private mutating func append(_ byte: UInt8, opensText: Bool = false) {
    item.append(byte)
    if !byte.isHTMLSpace { isAtStart = opensText }
  }

  private mutating func take(quotedBy quote: UInt8, depth: Int) -> Bool {
    let length = rest.count
    let text = YAMLText.take(quotedBy: quote, from: &rest)
    steps += length - rest.count
    guard let text else { return false }
    item += Array(text.utf8)
    isAtStart = false
    if depth == 1 { isPlain = false }
    return true
  }

  private mutating func finishItem() {
    let text = isPlain ? YAMLText.plain(item[...].asSingleLine) : item[...].asSingleLine
    if !text.isEmpty { items.append(text) }
    item = []
    (isAtStart, isPlain) = (true, true)
  }

  private mutating func finished() -> [String] {
    finishItem()
    return items
  }
}
