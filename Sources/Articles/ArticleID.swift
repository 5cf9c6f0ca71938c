import Replication

/// Names an article: sixteen bytes of the SHA-256 of its original's canonical address, so that
/// two laptops which import the same page agree; with no address, of its text.
public struct ArticleID: Hashable, Comparable, Sendable, LosslessStringConvertible {
  public let key: Identifier

  package init(key: Identifier) {
    self.key = key
  }

  /// The first half of the SHA-256 of ``preimage(url:)`` or ``preimage(body:)``.
  package init(digest: ContentHash) {
    key = digest.first
  }

  public var entity: EntityID { EntityID(kind: .article, key: key) }

  /// Reads what ``description`` writes, in either case; nil for anything else.
  public init?(_ text: String) {
    guard let range = Base32.identifiers(startingWith: text), text.utf8.count == 26,
      ArticleID(key: range.lowerBound).description == text.lowercased()
    else { return nil }
    key = range.lowerBound
  }

  /// Twenty-six characters of lower-case base32 (RFC 4648, without padding).
  public var description: String { Base32.text(of: key.bytes) }

  public static func < (left: ArticleID, right: ArticleID) -> Bool { left.key < right.key }

  /// What is hashed for an article that has an address.
  package static func preimage(url: String) -> [UInt8] {
    Array("satchel article url\0".utf8) + Array(CanonicalURL.text(of: url).utf8)
  }

  /// What is hashed for an article that has none.
  package static func preimage(body: ContentHash) -> [UInt8] {
    Array("satchel article body\0".utf8) + body.bytes
  }
}

extension ArticleID: CodedAsText {}

/// RFC 4648 base32 in lower case, without padding.
package enum Base32 {
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

  package static func text(of bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | Int(byte)
      count += 8
      while count >= 5 {
        count -= 5
        text.append(alphabet[bits >> count & 31])
      }
      bits &= (1 << count) - 1
    }
    if count > 0 { text.append(alphabet[bits << (5 - count) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The range of identifiers whose text begins with `prefix`; nil when it is empty, too long or
  /// has other letters.
  package static func identifiers(startingWith prefix: String) -> ClosedRange<Identifier>? {
    let digits = prefix.lowercased().utf8.map { alphabet.firstIndex(of: $0) }
    guard (1...26).contains(digits.count), !digits.contains(nil) else { return nil }
    var low = [UInt8](repeating: 0, count: 17)
    var high = [UInt8](repeating: 0xff, count: 17)
    for (position, digit) in digits.enumerated() {
      for bit in 0..<5 {
        let place = position * 5 + bit
        let mask = UInt8(0x80) >> UInt8(place % 8)
        let isSet = (digit ?? 0) >> (4 - bit) & 1 == 1
        if isSet { low[place / 8] |= mask } else { high[place / 8] &= ~mask }
      }
    }
    guard let first = Identifier(bytes: low.prefix(16)),
      let last = Identifier(bytes: high.prefix(16)), first <= last
    else { return nil }
    return first...last
  }
}
