/// The properties that front matter sets, by their keys: texts and lists of texts.
///
/// Keys are compared in lower case and without `-`, `_` and spaces, so that `bookmark-of` is
/// `bookmarkOf`. What is empty or null says nothing, and what is nested deeper is passed over.
public struct FrontMatterProperties: Equatable, Sendable {
  private var values: [String: Value] = [:]

  struct Value: Equatable, Sendable {
    /// None of them is empty.
    var texts: [String]
    /// Whether they are the items of a list.
    var isList: Bool
  }

  /// The texts of a key that are not empty; nil if the key is not there.
  public subscript(key: String) -> [String]? { value(of: key)?.texts }

  func value(of key: String) -> Value? { values[FrontMatterProperties.folded(key)] }

  /// Whether this can be said of each key, in lower case and without marks, and its texts.
  func allSatisfy(_ predicate: (_ key: String, _ texts: [String]) -> Bool) -> Bool {
    values.allSatisfy { predicate($0.key, $0.value.texts) }
  }

  var isEmpty: Bool { values.isEmpty }

  /// Sets a property; what its key has already stays in front.
  mutating func add(_ value: Value, to key: String) {
    let nothing = Value(texts: [], isList: false)
    // In place, so that a key that is repeated costs no more than others.
    values[FrontMatterProperties.folded(key), default: nothing].append(value)
  }
}

extension FrontMatterProperties.Value {
  static func text(_ text: String) -> Self {
    Self(texts: text.isEmpty ? [] : [text], isList: false)
  }

  static func list(_ texts: [String]) -> Self {
    Self(texts: texts.filter { !$0.isEmpty }, isList: true)
  }

  fileprivate mutating func append(_ other: Self) {
    isList = isList || other.isList || !texts.isEmpty && !other.texts.isEmpty
    texts += other.texts
  }
}

extension FrontMatterProperties {
  private static func folded(_ key: String) -> String {
    if key.utf8.allSatisfy({ !isMark($0) && $0 == $0.asciiLowercased }) { return key }
    let bytes = key.utf8.filter { !isMark($0) }
    return String(lowercasingASCII: bytes[...])
  }

  private static func isMark(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x2D || byte == 0x5F }
}
