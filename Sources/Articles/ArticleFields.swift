import Replication

/// The kinds of entity this version knows (Protocol 5.1).
extension EntityKind {
  package static let article = EntityKind(number: 1)
  package static let highlight = EntityKind(number: 2)
  /// A replica's own card: its name for people. The key is the replica's id.
  package static let replica = EntityKind(number: 3)
  /// A query that people keep. The key is a hash of its name.
  package static let view = EntityKind(number: 4)
}

/// The registers of an article (Protocol 5.2).
package enum ArticleField {
  // What the article is.
  package static let title = Field("title")
  package static let url = Field("url")
  package static let author = Field("author")
  package static let editor = Field("editor")
  package static let site = Field("site")
  package static let published = Field("published")
  package static let language = Field("language")
  package static let summary = Field("summary")
  package static let format = Field("format")
  /// The SHA-256 of the text.
  package static let body = Field("body")
  /// Milliseconds since 1970 at which the article came into the library.
  package static let added = Field("added")
  /// The SHA-256 of the file it was read from.
  package static let source = Field("source")
  /// The version of the rules by which that was read.
  package static let reader = Field("reader")

  // What its reader made of it.
  package static let read = Field("read")
  package static let starred = Field("starred")
  package static let archived = Field("archived")
  /// Percent, 0 to 100.
  package static let progress = Field("progress")
  /// Stars, 0 to 5.
  package static let rating = Field("rating")
  /// Authored text.
  package static let note = Field("note")
  /// The tombstone.
  package static let deleted = Field("deleted")
  /// Whether an import brings the deleted article back.
  package static let withdrawn = Field("withdrawn")

  /// One Boolean register per tag, so that adding and removing different tags never collide.
  package static let tagPrefix: StaticString = "tag/"
  /// One register per image, from the reference in the text to the SHA-256 of the image.
  package static let imagePrefix: StaticString = "image/"
  /// A longer reference to an image is named by its hash.
  package static let longestReference = Limits.fieldBytes - imagePrefix.utf8CodeUnitCount

  /// Throws `fieldLength` for an empty name, which is no tag, and for one that is too long.
  package static func tag(_ name: String) throws(ReplicationError) -> Field {
    try element(name, of: tagPrefix)
  }

  /// Throws `fieldLength` for an empty reference, and for one that is too long.
  package static func image(_ reference: String) throws(ReplicationError) -> Field {
    try element(reference, of: imagePrefix)
  }

  private static func element(
    _ name: String, of prefix: StaticString
  ) throws(ReplicationError) -> Field {
    guard !name.isEmpty else { throw .fieldLength(0) }
    return try Field(prefix, name)
  }

  /// The registers whose text a person may write, so that what nobody has read is not lost.
  package static func isAuthored(_ field: Field) -> Bool { field == note || field == title }

  /// The registers whose values name bodies.
  package static func namesBody(_ field: Field) -> Bool {
    field == body || field.element(after: imagePrefix) != nil
  }
}

/// The registers of a replica's card.
package enum ReplicaField {
  /// The name people see, at most 64 bytes.
  package static let name = Field("name")
  /// Whether its owner said it will not come back.
  package static let retired = Field("retired")
  /// Which texts it keeps, in words; nothing while it keeps all.
  package static let keeps = Field("keeps")
}
