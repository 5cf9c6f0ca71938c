extension String {
  /// Whether there is nothing in it that could be seen.
  ///
  /// Such a tag is refused where a person gives it, and passed over where a page does.
  package var isBlank: Bool {
    unicodeScalars.allSatisfy {
      $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint || $0.value < 0x20
    }
  }
}
