import Replication

/// Names a highlight: sixteen random bytes; of one that an import made, those of a hash, so that two
/// laptops which import the same file have one.
public struct HighlightID: Hashable, Comparable, Sendable, LosslessStringConvertible {
  public let key: Identifier

  package init(key: Identifier) {
    self.key = key
  }

  public var entity: EntityID { EntityID(kind: .highlight, key: key) }

  /// Reads what ``description`` writes, in either case; nil for anything else.
  public init?(_ text: String) {
    guard let id = ArticleID(text) else { return nil }
    key = id.key
  }

  /// Twenty-six characters of lower-case base32 (RFC 4648, without padding).
  public var description: String { Base32.text(of: key.bytes) }

  public static func < (left: HighlightID, right: HighlightID) -> Bool { left.key < right.key }

  /// What is hashed for a highlight that an import makes: the digest's first 16 bytes are its key.
  ///
  /// - Parameter quote: as the imported file has it.
  package static func preimage(importing quote: String, of article: ArticleID) -> [UInt8] {
    Array("satchel highlight import\0".utf8) + article.key.bytes + [0] + Array(quote.utf8)
  }
}

extension HighlightID: CodedAsText {}
