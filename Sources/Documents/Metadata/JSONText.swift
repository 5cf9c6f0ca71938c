/// A value of JSON (RFC 8259). Numbers are kept as they are written.
public enum JSONText: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONText])
  /// Of a name that stands there twice, the first value counts.
  case object([String: JSONText])
}

extension JSONText {
  /// Reads one value; nil if the bytes are anything else, nest deeper than `deepest`, or are longer
  /// than `limit`.
  ///
  /// - Parameters:
  ///   - bytes: the value in UTF-8.
  ///   - limit: how many bytes it may have.
  public init?(_ bytes: ArraySlice<UInt8>, limit: Int = longest) {
    guard bytes.count <= limit else { return nil }
    var reader = JSONReader(rest: bytes)
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipSpace()
    guard reader.rest.isEmpty else { return nil }
    self = value
  }

  public static let deepest = 64
  public static let longest = 4 << 20

  public subscript(name: String) -> JSONText? {
    if case .object(let members) = self { return members[name] }
    return nil
  }

  public var string: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  /// The elements of an array; of anything else, the value alone.
  public var elements: [JSONText] {
    if case .array(let elements) = self { return elements }
    return [self]
  }
}

/// Takes values off the front of a text.
private struct JSONReader {
  var rest: ArraySlice<UInt8>

  mutating func skipSpace() {
    rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
  }

  mutating func value(depth: Int) -> JSONText? {
    guard depth < JSONText.deepest else { return nil }
    skipSpace()
    switch rest.first {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return skip("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return skip("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return skip("null") ? .null : nil
    default: return number().map { .number($0) }
    }
  }
}

extension JSONReader {
  private mutating func skip(_ text: StaticString) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.utf8CodeUnitCount)
    return true
  }

  private mutating func skipMark(_ text: StaticString) -> Bool {
    skipSpace()
    return skip(text)
  }

  private mutating func object(depth: Int) -> JSONText? {
    guard skip("{") else { return nil }
    var members: [String: JSONText] = [:]
    if skipMark("}") { return .object(members) }
    repeat {
      skipSpace()
      guard let name = string(), skipMark(":"), let value = value(depth: depth + 1) else {
        return nil
      }
      if members[name] == nil { members[name] = value }
    } while skipMark(",")
    return skipMark("}") ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSONText? {
    guard skip("[") else { return nil }
    var elements: [JSONText] = []
    if skipMark("]") { return .array(elements) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
    } while skipMark(",")
    return skipMark("]") ? .array(elements) : nil
  }

  private mutating func number() -> String? {
    let start = rest
    _ = skip("-")
    let whole = skipDigits()
    guard whole > 0, whole == 1 || start.drop(while: { $0 == 0x2D }).first != 0x30 else {
      return nil
    }
    if skip("."), skipDigits() == 0 { return nil }
    if skip("e") || skip("E") {
      if !skip("+") { _ = skip("-") }
      if skipDigits() == 0 { return nil }
    }
    return String(decoding: start[..<rest.startIndex], as: UTF8.self)
  }

  private mutating func skipDigits() -> Int {
    let digits = rest.prefix { $0.isASCIIDigit }
    rest = rest[digits.endIndex...]
    return digits.count
  }
}

// MARK: Strings

extension JSONReader {
  private mutating func string() -> String? {
    guard skip("\"") else { return nil }
    var output: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: output, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        output += Array(String(scalar).utf8)
      case 0..<0x20: return nil
      default: output.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    switch rest.popFirst() {
    case UInt8(ascii: "\""): "\""
    case UInt8(ascii: "\\"): "\\"
    case UInt8(ascii: "/"): "/"
    case UInt8(ascii: "b"): "\u{8}"
    case UInt8(ascii: "f"): "\u{C}"
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "t"): "\t"
    case UInt8(ascii: "u"): unicodeEscape()
    default: nil
    }
  }

  /// Half of a pair without its other half becomes U+FFFD.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let first = fourDigits() else { return nil }
    guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    var ahead = self
    guard ahead.skip("\\u"), let second = ahead.fourDigits(), (0xDC00...0xDFFF).contains(second)
    else { return "\u{FFFD}" }
    self = ahead
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func fourDigits() -> UInt32? {
    let digits = rest.prefix(4)
    guard digits.count == 4, digits.allSatisfy(\.isHexDigit) else { return nil }
    rest = rest.dropFirst(4)
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    isASCIIDigit || (0x61...0x66).contains(asciiLowercased)
  }
}
