import Replication

/// From which file an article was read, and by which version of the rules (Protocol 5.9).
package struct Reading: Sendable, Equatable {
  /// The SHA-256 of the file.
  package let source: ContentHash
  package let reader: Int

  package init(source: ContentHash, reader: Int) {
    self.source = source
    self.reader = reader
  }

  /// Whether later rules read the same file, so that the other reading knows less.
  package func supersedes(_ other: Reading) -> Bool {
    source == other.source && reader > other.reader
  }
}

extension Reading {
  /// What the registers say; nil unless they name a file.
  package init?(source: Value?, reader: Value?) {
    guard let hash = source?.data.flatMap({ ContentHash(bytes: $0) }) else { return nil }
    self.init(source: hash, reader: Int(clamping: reader?.integer ?? 0))
  }

  /// The registers that hold it.
  func edits(for id: ArticleID) throws(ReplicationError) -> [Edit] {
    [
      id.edit(ArticleField.source, try .data(source.bytes), .importing),
      id.edit(ArticleField.reader, .integer(Int64(reader)), .importing),
    ]
  }
}
