extension String {
  /// The text in one line, its character references decoded, which pages also write where none are
  /// read; nil if nothing is left.
  var asMetadata: String? {
    let decoded = HTMLCharacterReferences.decoded(Array(utf8)[...], in: .markdown)
    let line = Array(decoded.utf8)[...].asSingleLine
    return line.isEmpty ? nil : line
  }
}
