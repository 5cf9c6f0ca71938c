extension String {
  /// As much from the beginning as fits into so many bytes of UTF-8; no scalar is cut.
  package func beginning(ofBytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = utf8.index(utf8.startIndex, offsetBy: limit)
    while utf8[end] & 0xC0 == 0x80 { utf8.formIndex(before: &end) }
    return String(self[..<end])
  }
}
