/// Tells whether a text says a title again, as the heading over a page's text does.
struct TitleLikeness {
  private let words: Set<[UInt32]>

  init(to title: String) { words = Set(TitleLikeness.words(of: title)) }

  /// Whether at least three quarters of the text's words, by their length, are the title's.
  func holds(for text: String) -> Bool {
    let (total, unknown) = count(text)
    return total > 0 && unknown * 4 <= total
  }

  /// Whether the text has words, and all of them are the title's.
  func holdsAll(of text: String) -> Bool {
    let (total, unknown) = count(text)
    return total > 0 && unknown == 0
  }

  /// The length of the text's words, and of those the title does not have.
  private func count(_ text: String) -> (total: Int, unknown: Int) {
    let others = TitleLikeness.words(of: text)
    return (
      others.reduce(0) { $0 + $1.count },
      others.reduce(0) { $0 + (words.contains($1) ? 0 : $1.count) }
    )
  }

  /// The words in lower case, without marks; each East Asian character is a word.
  private static func words(of text: String) -> [[UInt32]] {
    var words: [[UInt32]] = []
    var word: [UInt32] = []
    func end() {
      if !word.isEmpty { words.append(word) }
      word = []
    }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: word.append(scalar.value)
      case 0x41...0x5A: word.append(scalar.value | 0x20)
      case 0...0xBF, 0x2000...0x206F, 0x3000...0x303F, 0xFF00...0xFF0F: end()
      case 0x2E80...0x9FFF, 0xAC00...0xD7A3, 0x20000...0x3FFFD:
        end()
        words.append([scalar.value])
      default: word.append(scalar.value)
      }
    }
    end()
    return words
  }
}
