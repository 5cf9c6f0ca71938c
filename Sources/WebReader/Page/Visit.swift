import Satchel

/// All that one request's screen or action works with.
struct Visit: Sendable {
  let library: Library
  let reader: ReaderState
  let request: WebRequest
  let words: Words
  let preferences: Preferences
  /// A name for the session, which says nothing of its cookie.
  let session: String
  /// The form token of the session (Protocol 11.2).
  let token: String
  /// Whether this session changes nothing: then pages have no forms.
  let isReadOnly: Bool
  /// What the page around every screen says.
  var facts = LibraryFacts()

  /// The address of something below the prefix.
  ///
  /// - Parameters:
  ///   - path: its parts, as they are before they are encoded.
  ///   - fields: those of its query; one that is nil or empty is left out.
  func address(_ path: String..., fields: KeyValuePairs<String, String?> = [:]) -> String {
    reader.address(path, fields.map { ($0.key, $0.value) })
  }
}
