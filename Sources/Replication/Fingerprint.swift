/// An order-independent digest of all winning registers and siblings: the sum, modulo 2^128, of
/// one hash each. Equal knowledge must mean equal fingerprint (Protocol 1.9).
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  public private(set) var low: UInt64
  public private(set) var high: UInt64

  /// The fingerprint of a library in which nothing was written.
  public static let empty = Fingerprint(Digest128(low: 0, high: 0))

  public init(_ digest: Digest128) {
    low = digest.low
    high = digest.high
  }

  public var digest: Digest128 { Digest128(low: low, high: high) }

  @inline(__always)
  public mutating func add(_ digest: Digest128) {
    let (sum, carry) = low.addingReportingOverflow(digest.low)
    low = sum
    high = high &+ digest.high &+ (carry ? 1 : 0)
  }

  @inline(__always)
  public mutating func subtract(_ digest: Digest128) {
    let (difference, borrow) = low.subtractingReportingOverflow(digest.low)
    low = difference
    high = high &- digest.high &- (borrow ? 1 : 0)
  }

  /// Thirty-two lower-case hexadecimal digits, most significant first.
  public var description: String {
    Hexadecimal.text(of: Identifier(high: high, low: low).bytes)
  }
}

extension Fingerprint {
  /// Which half of a register's state a hash stands for.
  public enum Role: UInt8, Sendable {
    case winner = 1
    case sibling = 2
  }

  /// Adds a register's state.
  public mutating func add(_ register: Register) {
    add(OperationDigest.of(register.winner, as: .winner))
    for sibling in register.siblings { add(OperationDigest.of(sibling, as: .sibling)) }
  }

  /// Takes a register's state away.
  public mutating func subtract(_ register: Register) {
    subtract(OperationDigest.of(register.winner, as: .winner))
    for sibling in register.siblings { subtract(OperationDigest.of(sibling, as: .sibling)) }
  }
}

/// The hash that stands for one operation in a fingerprint. Its input is laid out in Protocol 1.9.
public enum OperationDigest {
  public static func of(_ operation: Operation, as role: Fingerprint.Role) -> Digest128 {
    operation.register.field.bytes.withUnsafeBytes { field in
      operation.value.bytes.withUnsafeBytes { value in
        var hash = OperationDigest.of(
          role, entity: operation.register.entity, field: field, stamp: operation.stamp.rawValue,
          dot: operation.dot, value: value)
        if role == .sibling { hash.combine(context: operation.context ?? .empty) }
        return hash.finish()
      }
    }
  }

  /// The same from parts, for a merge that never builds an ``Operation``.
  @inline(__always)
  public static func of(
    _ role: Fingerprint.Role, entity: EntityID, field: UnsafeRawBufferPointer, stamp: UInt64,
    dot: Dot, value: UnsafeRawBufferPointer
  ) -> SipHash128 {
    var hash = SipHash128(key0: 0, key1: 0)
    hash.combine(word: UInt64(role.rawValue) | UInt64(entity.kind.number) << 8)
    hash.combine(word: entity.key.high)
    hash.combine(word: entity.key.low)
    hash.combine(word: stamp)
    hash.combine(word: dot.replica.identifier.high)
    hash.combine(word: dot.replica.identifier.low)
    hash.combine(word: dot.sequence)
    hash.combine(word: UInt64(field.count) | UInt64(value.count) << 16)
    hash.combine(field)
    hash.combine(value)
    return hash
  }
}

extension SipHash128 {
  fileprivate mutating func combine(context: Context) {
    combine(word: UInt64(context.entries.count))
    for entry in context.entries {
      combine(word: entry.replica.identifier.high)
      combine(word: entry.replica.identifier.low)
      combine(word: entry.sequence)
    }
  }
}
