/// Sixteen bytes that name something; compared as bytes, most significant first.
public struct Identifier: Hashable, Comparable, Sendable {
  public let high: UInt64
  public let low: UInt64

  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads exactly sixteen bytes; nil for any other count.
  @inlinable
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for byte in bytes {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(byte)
    }
    self.init(high: high, low: low)
  }

  /// A random identifier drawn from `generator`.
  public static func random(using generator: inout some RandomNumberGenerator) -> Identifier {
    Identifier(high: generator.next(), low: generator.next())
  }

  /// The sixteen bytes, most significant first.
  public var bytes: [UInt8] {
    (0..<16).map { index in
      let half = index < 8 ? high : low
      return UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * (index % 8)))
    }
  }

  public static func < (left: Identifier, right: Identifier) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

/// Names one replica: one database on one machine.
public struct ReplicaID: Hashable, Comparable, Sendable, LosslessStringConvertible {
  public let identifier: Identifier

  public init(_ identifier: Identifier) {
    self.identifier = identifier
  }

  /// Reads what ``description`` writes, in either case; nil for anything else.
  public init?(_ text: String) {
    guard let identifier = Hexadecimal.bytes(of: text).flatMap({ Identifier(bytes: $0) }) else {
      return nil
    }
    self.identifier = identifier
  }

  /// Thirty-two lower-case hexadecimal digits.
  public var description: String { Hexadecimal.text(of: identifier.bytes) }

  public static func < (left: ReplicaID, right: ReplicaID) -> Bool {
    left.identifier < right.identifier
  }
}

/// Names a thing that has registers: what kind it is, and which.
///
/// Kinds this version does not know are stored and passed on (Protocol 1.3).
public struct EntityID: Hashable, Comparable, Sendable {
  public let kind: EntityKind
  public let key: Identifier

  public init(kind: EntityKind, key: Identifier) {
    self.kind = kind
    self.key = key
  }

  public static func < (left: EntityID, right: EntityID) -> Bool {
    (left.kind.number, left.key) < (right.kind.number, right.key)
  }
}

/// What sort of thing an entity is; the numbers are listed in Protocol 5.
public struct EntityKind: Hashable, Sendable {
  public let number: UInt32

  public init(number: UInt32) {
    self.number = number
  }
}
