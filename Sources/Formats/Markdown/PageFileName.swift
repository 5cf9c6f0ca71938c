import Articles

/// Names of exported pages: readable, the same each time, and legal on every medium.
enum PageFileName {
  /// How many letters of an id a name ends with.
  static let idLetters = 10

  /// The title as far as a name can hold it, and the beginning of the id, without an extension.
  static func stem(_ title: String, id: some StringProtocol) -> String {
    let name = readable(title)
    return name.isEmpty ? String(id) : "\(name) \(id)"
  }
}

extension PageFileName {
  /// A name may have 255 bytes on most systems, fewer on encrypted ones.
  private static let titleBytes = 96

  /// What FAT refuses, what ends a link in notes, and what separates paths.
  private static let refused = Set("\"*/:<>?\\|#^[]".unicodeScalars)

  private static func readable(_ title: String) -> String {
    var text = ""
    for scalar in title.unicodeScalars {
      let properties = scalar.properties
      if refused.contains(scalar) || properties.generalCategory == .control
        || properties.isWhitespace
      {
        text += " "
      } else if !properties.isDefaultIgnorableCodePoint {
        text.unicodeScalars.append(scalar)
      }
    }
    // A name that begins with a dot is hidden.
    let words = text.split(separator: " ").joined(separator: " ").drop { $0 == "." || $0 == " " }
    return shortened(words)
  }

  private static func shortened(_ text: Substring) -> String {
    var length = 0
    let head = text.prefix { character in
      length += character.utf8.count
      return length <= titleBytes
    }
    return head.split(separator: " ").joined(separator: " ")
  }
}
