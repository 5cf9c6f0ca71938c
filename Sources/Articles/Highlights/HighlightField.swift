import Replication

/// The registers of a highlight (Protocol 5.12).
package enum HighlightField {
  /// The article's identifier.
  package static let article = Field("article")
  /// The SHA-256 of the body it was made in.
  package static let body = Field("body")
  package static let quote = Field("quote")
  package static let prefix = Field("prefix")
  package static let suffix = Field("suffix")
  package static let start = Field("start")
  package static let end = Field("end")
  /// The version of plain text in which the two count.
  package static let version = Field("version")
  package static let color = Field("color")
  /// Authored text.
  package static let note = Field("note")
  /// Milliseconds since 1970.
  package static let added = Field("added")
  /// The tombstone.
  package static let deleted = Field("deleted")
  /// Whether an import brings the deleted highlight back.
  package static let withdrawn = Field("withdrawn")
}
