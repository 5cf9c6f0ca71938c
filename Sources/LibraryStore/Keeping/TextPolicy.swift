import Articles

/// Of which articles a machine that does not keep every text keeps them (Protocol 3.9).
public struct TextPolicy: Sendable, Hashable {
  /// A query, as it was typed; nil for every article, archived ones too.
  ///
  /// It asks of what is known of articles, not for words in them.
  public var query: String?
  /// How much room texts and images may take, as they are stored, in bytes: the newest are kept. Nil
  /// for as much as there is.
  public var maximumBytes: Int?

  public init(query: String? = nil, maximumBytes: Int? = nil) {
    self.query = query
    self.maximumBytes = maximumBytes
  }

  /// Every article but those that were chosen one by one.
  package static let all = TextPolicy()

  /// What the replica's card says, for people.
  var words: String {
    let limit = maximumBytes.map { "at most \(($0 + 524_288) / 1_048_576) MB" }
    let parts = [query, limit].compactMap(\.self)
    return parts.isEmpty ? "all but some" : parts.joined(separator: ", ")
  }
}
