/// Names of languages.
enum LanguageTag {
  /// Whether a text has the shape of a BCP 47 tag, as far as articles have such.
  static func isTag(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.utf8.count),
      first.utf8.allSatisfy({ isLetter($0) })
    else { return false }
    return parts.dropFirst().allSatisfy { part in
      (2...8).contains(part.utf8.count)
        && part.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }
  }

  /// Whether a text runs from right to left: by its language, or where that is not known by the first
  /// letter of its title.
  static func isRightToLeft(_ language: String?, title: String) -> Bool {
    if let language {
      return ["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]
        .contains(language.prefix { $0 != "-" }.lowercased())
    }
    guard let letter = title.unicodeScalars.first(where: \.properties.isAlphabetic) else {
      return false
    }
    return (0x0590...0x08FF).contains(letter.value) || (0xFB1D...0xFEFC).contains(letter.value)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
