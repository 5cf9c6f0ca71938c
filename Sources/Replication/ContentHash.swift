/// The SHA-256 that names a body. `Coding` computes it; here it is only a name.
public struct ContentHash: Hashable, Comparable, Sendable, LosslessStringConvertible {
  public let first: Identifier
  public let second: Identifier

  /// Reads exactly thirty-two bytes; nil for any other count.
  @inlinable
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32,
      let first = Identifier(bytes: bytes.prefix(16)),
      let second = Identifier(bytes: bytes.dropFirst(16))
    else { return nil }
    self.first = first
    self.second = second
  }

  public var bytes: [UInt8] { first.bytes + second.bytes }

  /// Sixty-four lower-case hexadecimal digits.
  public var description: String { Hexadecimal.text(of: bytes) }

  /// Reads what ``description`` writes, in either case; nil for anything else.
  public init?(_ text: String) {
    guard let bytes = Hexadecimal.bytes(of: text) else { return nil }
    self.init(bytes: bytes)
  }

  public static func < (left: ContentHash, right: ContentHash) -> Bool {
    (left.first, left.second) < (right.first, right.second)
  }
}
