/// What the texts of properties mean, whichever program wrote them.
enum PropertyText {
  /// The address in `https://...`, `<https://...>` or `[shown](https://...)`; nil if it is none.
  static func address(_ text: String) -> String? {
    var bytes = Array(text.utf8)[...].trimmed()
    if let target = target(ofLink: bytes) { bytes = target.trimmed() }
    if bytes.hasPrefix("<"), bytes.hasSuffix(">") { bytes = bytes.dropFirst().dropLast().trimmed() }
    let scheme = String(lowercasingASCII: bytes.prefix { $0 != UInt8(ascii: ":") })
    guard scheme == "http" || scheme == "https",
      bytes.dropFirst(scheme.utf8.count).hasPrefix("://"), !bytes.contains(where: \.isHTMLSpace)
    else { return nil }
    // An address without a host leads nowhere.
    let host = bytes.dropFirst(scheme.utf8.count + "://".utf8.count).first
    guard let host, host != UInt8(ascii: "/") else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A tag of BCP 47 such as `zh-Hans`, also where it is written `zh_Hans`; nil for other words.
  static func language(_ text: String) -> String? {
    let tag = Array(text.utf8)[...].trimmed().map { $0 == UInt8(ascii: "_") ? 0x2D : $0 }
    let parts = tag.split(separator: 0x2D, omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.count), first.allSatisfy(\.isASCIILetter),
      parts.dropFirst().allSatisfy({
        (1...8).contains($0.count) && $0.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
      })
    else { return nil }
    return String(decoding: tag, as: UTF8.self)
  }

  /// `Name` of `[[Name]]`, `[[Page|Name]]` and `[Name](https://...)`.
  ///
  /// - Parameter isNested: whether one pair of brackets is a wikilink, too: of a link without
  ///   quotes, YAML takes one for a list.
  static func unlinked(_ text: String, isNested: Bool = true) -> String {
    var bytes = Array(text.utf8)[...].trimmed()
    if target(ofLink: bytes) != nil {
      return String(decoding: bytes.prefix(beforeAnyOf: ["]("]).dropFirst(), as: UTF8.self)
    }
    guard isNested && bytes.hasPrefix("[") || bytes.hasPrefix("[[") else { return text }
    while bytes.hasPrefix("["), bytes.hasSuffix("]"), bytes.count > 1 {
      bytes = bytes.dropFirst().dropLast()
    }
    let bar = bytes.lastIndex(of: UInt8(ascii: "|"))
    return String(decoding: bytes[(bar.map { $0 + 1 } ?? bytes.startIndex)...], as: UTF8.self)
  }

  /// The tags of a list, or of a text with commas between them.
  static func tags(of value: FrontMatterProperties.Value) -> [String] {
    let texts = value.isList ? value.texts : value.texts.flatMap(separated)
    return texts.compactMap { text in
      var bytes = Array(unlinked(text).utf8)[...].trimmed()
      while bytes.first == UInt8(ascii: "#") { bytes = bytes.dropFirst() }
      let tag = bytes.asSingleLine
      return tag.isEmpty ? nil : tag
    }
  }
}

extension PropertyText {
  /// What `[shown](target)` leads to; nil for any other text.
  private static func target(ofLink text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard text.hasPrefix("["), text.hasSuffix(")"), let middle = text.firstRange(of: "](") else {
      return nil
    }
    return text[middle.upperBound...].dropLast()
  }

  /// `a, b c` and `a；b` at the marks, `#a #b` at the spaces.
  private static func separated(_ text: String) -> [String] {
    let words = text.split(separator: " ")
    if words.count > 1, words.allSatisfy({ $0.first == "#" }) { return words.map(String.init) }
    let marks: Set<Unicode.Scalar> = [",", ";", "，", "、", "；", "\n"]
    return text.unicodeScalars.split { marks.contains($0) }.map(String.init)
  }
}
