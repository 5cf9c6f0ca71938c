import Documents

/// Makes UTF-8 of a page's bytes and refuses what is not text, before anything else looks at it.
///
/// The encoding is what the byte order mark says, else what whoever saved the page says, else what
/// an HTML page says itself, else what the caller says, else UTF-8. Whether bytes decode says
/// nothing: most decode as several encodings.
package enum PageText {
  package static func decoded(
    _ bytes: [UInt8], of kind: PageKind, saidToBe said: TextEncoding? = nil,
    assuming encoding: TextEncoding?
  ) throws(SkipReason) -> [UInt8] {
    let declared =
      DeclaredEncoding.mark(of: bytes) ?? said
      ?? (kind == .html ? DeclaredEncoding.named(byHTML: bytes) : nil)
    let text = try decoded(bytes, as: declared ?? encoding)
    if let offset = text[...].place(of: 0) { throw .binary(offset: offset) }
    if text[...].withoutByteOrderMark.isBlank { throw .empty }
    let limit = PageFolder.limit(of: kind)
    guard text.count <= limit else { throw .tooLarge(limit: limit) }
    return text
  }
}

extension PageText {
  private static func decoded(
    _ bytes: [UInt8], as encoding: TextEncoding?
  ) throws(SkipReason) -> [UInt8] {
    do throws(EncodingError) {
      return try (encoding ?? .utf8).decoded(bytes)
    } catch {
      throw reason(error, bytes, encoding)
    }
  }

  private static func reason(
    _ error: EncodingError, _ bytes: [UInt8], _ encoding: TextEncoding?
  ) -> SkipReason {
    switch (error, encoding) {
    case (.unavailable, let encoding): return .noDecoder(encoding: (encoding ?? .utf8).name)
    case (.malformed(let offset), let encoding?):
      return .malformed(encoding: encoding.name, offset: offset)
    case (.malformed(let offset), nil):
      // A NUL byte stands in no text of any encoding that is worth a guess.
      if let offset = bytes.firstIndex(of: 0) { return .binary(offset: offset) }
      return .notUTF8(offset: offset, likely: EncodingSuggestion.likely(for: bytes))
    }
  }
}
