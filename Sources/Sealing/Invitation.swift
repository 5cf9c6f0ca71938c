/// What lets another machine join a library: its secret, and what to call it. Whoever reads an
/// invitation is a member, so it is shown to one person and stored nowhere.
package struct Invitation: Equatable, Sendable, Concealed {
  /// The longest label, in bytes of UTF-8.
  package static let labelLimit = 64

  /// Opens the library.
  package let secret: LibrarySecret
  /// A name for people, a hint only; empty if there is none.
  package let label: String

  /// Invites to a library; throws ``SealingError/labelTooLong(byteCount:)`` and
  /// ``SealingError/malformedLabel``.
  package init(secret: LibrarySecret, label: String = "") throws(SealingError) {
    guard label.utf8.count <= Self.labelLimit else {
      throw .labelTooLong(byteCount: label.utf8.count)
    }
    // Control characters would act on the terminal or the page that shows the label.
    guard label.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw .malformedLabel
    }
    self.secret = secret
    self.label = label
  }
}
