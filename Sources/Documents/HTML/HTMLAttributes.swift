/// One attribute of a tag, as slices of the source.
public struct HTMLAttribute: Sendable {
  /// The name as written, in whatever case.
  public let rawName: ArraySlice<UInt8>
  /// The value as written, without quotes; empty if there is none.
  public let rawValue: ArraySlice<UInt8>

  /// The name in ASCII lower case.
  public var name: String { String(lowercasingASCII: rawName) }

  /// The value with its character references decoded.
  public var value: String { HTMLCharacterReferences.decoded(rawValue) }

  /// Whether the attribute's name equals `name`, which must be lower-case ASCII.
  public func isNamed(_ name: StaticString) -> Bool {
    guard rawName.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { expected in
      zip(rawName, expected).allSatisfy { $0.asciiLowercased == $1 }
    }
  }
}

/// The attributes of one tag, found as they are asked for.
public struct HTMLAttributes: Sequence, Sendable {
  let source: ArraySlice<UInt8>
  let start: Int

  public func makeIterator() -> HTMLAttributeScanner {
    HTMLAttributeScanner(source: source, position: start)
  }
}

/// Steps through a tag's attributes by the rules of the HTML standard, section 13.2.5.32 onwards.
public struct HTMLAttributeScanner: IteratorProtocol, Sendable {
  let source: ArraySlice<UInt8>
  /// The next byte to look at; after the last attribute, that of `>` or the end of the source.
  private(set) var position: Int
  /// Whether the tag's last `/` stood outside any value and right before `>`.
  private(set) var endsInSlash = false

  init(source: ArraySlice<UInt8>, position: Int) {
    self.source = source
    self.position = position
  }

  public mutating func next() -> HTMLAttribute? {
    guard let (name, value) = scan() else { return nil }
    return HTMLAttribute(rawName: source[name], rawValue: source[value])
  }

  /// Goes on to the tag's end.
  mutating func finish() {
    while scan() != nil {}
  }
}

extension HTMLAttributeScanner {
  /// Where the next attribute's name and value stand.
  private mutating func scan() -> (name: Range<Int>, value: Range<Int>)? {
    skipSpaceAndSlashes()
    guard position < source.endIndex, source[position] != UInt8(ascii: ">") else { return nil }
    let name = scanName()
    return (name, scanValue())
  }

  private mutating func skipSpaceAndSlashes() {
    while position < source.endIndex {
      let byte = source[position]
      guard byte == UInt8(ascii: "/") || byte.isHTMLSpace else { return }
      endsInSlash = byte == UInt8(ascii: "/")
      position += 1
    }
  }

  private mutating func skipSpace() {
    while position < source.endIndex, source[position].isHTMLSpace { position += 1 }
  }

  private mutating func scanName() -> Range<Int> {
    let start = position
    endsInSlash = false
    // A leading `=` belongs to the name, so that every call moves on.
    position += 1
    while position < source.endIndex, !source[position].endsAttributeName { position += 1 }
    return start..<position
  }

  private mutating func scanValue() -> Range<Int> {
    skipSpace()
    guard position < source.endIndex, source[position] == UInt8(ascii: "=") else {
      return position..<position
    }
    position += 1
    skipSpace()
    guard position < source.endIndex else { return position..<position }
    let byte = source[position]
    let isQuote = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    return isQuote ? scanQuoted(until: byte) : scanUnquoted()
  }

  private mutating func scanQuoted(until quote: UInt8) -> Range<Int> {
    let start = position + 1
    let end = source[start...].place(of: quote) ?? source.endIndex
    position = Swift.min(end + 1, source.endIndex)
    return start..<end
  }

  private mutating func scanUnquoted() -> Range<Int> {
    let start = position
    while position < source.endIndex, !source[position].endsUnquotedValue { position += 1 }
    return start..<position
  }
}

extension UInt8 {
  fileprivate var endsAttributeName: Bool {
    endsUnquotedValue || self == UInt8(ascii: "/") || self == UInt8(ascii: "=")
  }

  fileprivate var endsUnquotedValue: Bool { self == UInt8(ascii: ">") || isHTMLSpace }
}
