/// The name of a register within its entity, as UTF-8 bytes such as `title` or `tag/北京`.
///
/// Kept and compared as bytes: two spellings of one accented letter are two fields.
public struct Field: Hashable, Comparable, Sendable {
  public let bytes: [UInt8]

  /// Throws `fieldLength` for an empty name or one past 1,024 bytes.
  public init(bytes: [UInt8]) throws(ReplicationError) {
    guard (1...Limits.fieldBytes).contains(bytes.count) else { throw .fieldLength(bytes.count) }
    self.bytes = bytes
  }

  /// A field this version knows by name.
  public init(_ name: StaticString) {
    precondition((1...Limits.fieldBytes).contains(name.utf8CodeUnitCount), "a field has a name")
    bytes = name.withUTF8Buffer { Array($0) }
  }

  /// One member of a family of fields: `prefix` and then `element`'s bytes.
  public init(_ prefix: StaticString, _ element: String) throws(ReplicationError) {
    try self.init(bytes: prefix.withUTF8Buffer { Array($0) } + Array(element.utf8))
  }

  /// The name as text, with anything malformed replaced.
  public var name: String { String(decoding: bytes, as: UTF8.self) }

  /// What follows `prefix`; nil where the name does not begin with it or ends there.
  public func element(after prefix: StaticString) -> String? {
    let length = prefix.utf8CodeUnitCount
    guard bytes.count > length, prefix.withUTF8Buffer({ bytes.starts(with: $0) }) else {
      return nil
    }
    return String(decoding: bytes.dropFirst(length), as: UTF8.self)
  }

  public static func < (left: Field, right: Field) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}
