/// A register's value in its canonical bytes: one tag byte, then the content (Protocol 2.4).
///
/// Values compare by these bytes. A Swift `String` would compare by canonical equivalence and
/// keep different bytes on two replicas.
public struct Value: Hashable, Sendable {
  public let bytes: [UInt8]

  /// Accepts bytes read from outside.
  ///
  /// Throws `valueLength` or `valueNotCanonical`; a tag from a newer version is kept as it is.
  public init(canonical bytes: [UInt8]) throws(ReplicationError) {
    guard bytes.count <= Limits.valueBytes else { throw .valueLength(bytes.count) }
    guard Value.isCanonical(bytes) else { throw .valueNotCanonical }
    self.bytes = bytes
  }

  private init(tag: Tag, content: [UInt8] = []) {
    bytes = [tag.rawValue] + content
  }

  public static let nothing = Value(tag: .nothing)

  public static func flag(_ flag: Bool) -> Value { Value(tag: flag ? .yes : .no) }

  public static func integer(_ integer: Int64) -> Value {
    Value(tag: .integer, content: Varint.bytes(of: Varint.zigzag(integer)))
  }

  /// Throws `valueLength` past 4 MiB.
  public static func text(_ text: String) throws(ReplicationError) -> Value {
    try checked(Value(tag: .text, content: Array(text.utf8)))
  }

  /// Throws `valueLength` past 4 MiB.
  public static func data(_ bytes: [UInt8]) throws(ReplicationError) -> Value {
    try checked(Value(tag: .data, content: bytes))
  }

  private static func checked(_ value: Value) throws(ReplicationError) -> Value {
    guard value.bytes.count <= Limits.valueBytes else { throw .valueLength(value.bytes.count) }
    return value
  }
}

extension Value {
  /// A value's first byte.
  public enum Tag: UInt8, Sendable {
    case nothing = 0
    case no = 1
    case yes = 2
    case integer = 3
    case text = 4
    case data = 5
  }

  /// What the bytes mean to this version.
  public enum Content: Equatable, Sendable {
    case nothing
    case flag(Bool)
    case integer(Int64)
    case text(String)
    case data([UInt8])
    /// Written by a newer version.
    case unknown
  }

  public var content: Content {
    guard let first = bytes.first, let tag = Tag(rawValue: first) else { return .unknown }
    switch tag {
    case .nothing: return .nothing
    case .no: return .flag(false)
    case .yes: return .flag(true)
    case .integer:
      return .integer(Varint.read(bytes.dropFirst()).map { Varint.unzigzag($0.value) } ?? 0)
    case .text: return .text(String(decoding: bytes.dropFirst(), as: UTF8.self))
    case .data: return .data(Array(bytes.dropFirst()))
    }
  }

  public var flag: Bool? { if case .flag(let flag) = content { flag } else { nil } }
  public var integer: Int64? { if case .integer(let integer) = content { integer } else { nil } }
  public var text: String? { if case .text(let text) = content { text } else { nil } }
  public var data: [UInt8]? { if case .data(let data) = content { data } else { nil } }

  /// Whether the bytes are the one spelling of a known tag's content, or of an unknown tag.
  static func isCanonical(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { isCanonical($0[...]) }
  }

  package static func isCanonical(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = bytes.first else { return false }
    switch Tag(rawValue: first) {
    case .nothing, .no, .yes: return bytes.count == 1
    case .integer: return Varint.read(bytes.dropFirst())?.length == bytes.count - 1
    case .text: return UTF8Validation.isValid(bytes.dropFirst())
    case .data, nil: return true
    }
  }
}
