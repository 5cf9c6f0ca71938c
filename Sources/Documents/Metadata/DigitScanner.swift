/// Takes numbers, signs and words off the front of a text.
public struct DigitScanner {
  public private(set) var rest: ArraySlice<UInt8>
  /// How many bytes were looked at, those of attempts that failed as well.
  private(set) var steps = 0

  public init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// A number of that many digits, no digit more.
  public mutating func number(digits: ClosedRange<Int>) -> Int? {
    let run = rest.prefix(digits.upperBound + 1).prefix { $0.isASCIIDigit }
    steps += run.count + 1
    guard digits.contains(run.count) else { return nil }
    rest = rest[run.endIndex...]
    return run.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  mutating func number(digits: Int) -> Int? { number(digits: digits...digits) }

  mutating func skip(_ text: StaticString) -> Bool {
    steps += text.utf8CodeUnitCount
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.utf8CodeUnitCount)
    return true
  }

  mutating func skip(anyOf texts: [StaticString]) -> Bool {
    for text in texts where skip(text) { return true }
    return false
  }

  mutating func skipSpaces() { skip { $0.isHTMLSpace } }

  mutating func skipDigits() { skip { $0.isASCIIDigit } }

  /// The ASCII letters at the front in lower case; empty if there are none.
  mutating func word() -> String {
    String(lowercasingASCII: skip { $0.isASCIILetter })
  }

  /// Takes off what `read` reads; nothing if that is nil.
  mutating func attempt<Value>(_ read: (inout DigitScanner) -> Value?) -> Value? {
    var ahead = self
    guard let value = read(&ahead) else {
      steps = ahead.steps
      return nil
    }
    self = ahead
    return value
  }

  @discardableResult
  private mutating func skip(while isSkipped: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let run = rest.prefix(while: isSkipped)
    steps += run.count + 1
    rest = rest[run.endIndex...]
    return run
  }
}
