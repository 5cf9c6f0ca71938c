import Replication

/// The kinds of entity this version knows (Protocol 5.1).
extension EntityKind {
  public static let article = EntityKind(number: 1)
  public static let highlight = EntityKind(number: 2)
  /// A replica's own card: its name for people. The key is the replica's id.
  public static let replica = EntityKind(number: 3)
}

/// The registers of an article (Protocol 5.2).
public enum ArticleField {
  // What the article is.
  public static let title = Field("title")
  public static let url = Field("url")
  public static let author = Field("author")
  public static let editor = Field("editor")
  public static let site = Field("site")
  public static let published = Field("published")
  public static let language = Field("language")
  public static let summary = Field("summary")
  public static let format = Field("format")
  /// The SHA-256 of the text.
  public static let body = Field("body")
  /// Milliseconds since 1970 at which the article came into the library.
  public static let added = Field("added")
  /// The SHA-256 of the file it was read from.
  package static let source = Field("source")
  /// The version of the rules by which that was read.
  package static let reader = Field("reader")

  // What its reader made of it.
  public static let read = Field("read")
  public static let starred = Field("starred")
  public static let archived = Field("archived")
  /// Percent, 0 to 100.
  public static let progress = Field("progress")
  /// Stars, 0 to 5.
  public static let rating = Field("rating")
  /// Authored text.
  public static let note = Field("note")
  /// The tombstone.
  public static let deleted = Field("deleted")

  /// One Boolean register per tag, so that adding and removing different tags never collide.
  public static let tagPrefix: StaticString = "tag/"
  /// One register per image, from the reference in the text to the SHA-256 of the image.
  public static let imagePrefix: StaticString = "image/"

  /// Throws `fieldLength` for an empty name, which is no tag, and for one that is too long.
  public static func tag(_ name: String) throws(ReplicationError) -> Field {
    try element(name, of: tagPrefix)
  }

  /// Throws `fieldLength` for an empty reference, and for one that is too long.
  public static func image(_ reference: String) throws(ReplicationError) -> Field {
    try element(reference, of: imagePrefix)
  }

  private static func element(
    _ name: String, of prefix: StaticString
  ) throws(ReplicationError) -> Field {
    guard !name.isEmpty else { throw .fieldLength(0) }
    return try Field(prefix, name)
  }

  /// The registers whose text a person may write, so that what nobody has read is not lost.
  public static func isAuthored(_ field: Field) -> Bool { field == note || field == title }

  /// The registers whose values name bodies.
  public static func namesBody(_ field: Field) -> Bool {
    field == body || field.element(after: imagePrefix) != nil
  }
}

/// The registers of a replica's card.
public enum ReplicaField {
  /// The name people see, at most 64 bytes.
  public static let name = Field("name")
  /// Whether its owner said it will not come back.
  public static let retired = Field("retired")
}
