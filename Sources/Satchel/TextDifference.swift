/// Two texts compared, line by line or word by word: what both have, what only the first has, and what
/// only the second has, in the order of reading; what went stands before what came.
///
/// By bytes: composed letters and decomposed ones are not alike, though they read the same.
public struct TextDifference: Sendable, Hashable {
  public let pieces: [Piece]
  /// Whether the texts differ in so much that only the first part of it is here.
  public let isCut: Bool

  public struct Piece: Sendable, Hashable {
    public let kind: Kind
    /// Without the newline at its end, where lines are compared.
    public let text: String

    package init(kind: Kind, text: String) {
      (self.kind, self.text) = (kind, text)
    }
  }

  public enum Kind: Sendable { case alike, removed, added }

  /// What texts are cut into.
  public enum Unit: Sendable {
    case lines
    /// Runs of letters and digits; a Han character, a space and a sign are each one of their own.
    case words
  }

  /// Of more than this, no more is compared: the time grows with the square.
  public static let maximumUnits = 1_000

  public init(from old: String, to new: String, by unit: Unit) {
    var (removed, added) = (unit.parts(of: old), unit.parts(of: new))
    let head = zip(removed, added).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    let common = min(removed.count, added.count) - head
    let tail = zip(removed.reversed(), added.reversed()).prefix(common)
      .prefix { $0.utf8.elementsEqual($1.utf8) }.count
    let (before, after) = (removed.prefix(head), removed.suffix(tail))
    removed = Array(removed.dropFirst(head).dropLast(tail))
    added = Array(added.dropFirst(head).dropLast(tail))
    isCut = max(removed.count, added.count) > TextDifference.maximumUnits
    pieces =
      before.map { Piece(kind: .alike, text: String($0)) }
      + TextDifference.pieces(
        Array(removed.prefix(TextDifference.maximumUnits)),
        Array(added.prefix(TextDifference.maximumUnits)))
      + (isCut ? [] : after.map { Piece(kind: .alike, text: String($0)) })
  }

  private static func pieces(_ old: [Substring], _ new: [Substring]) -> [Piece] {
    var numbers: [[UInt8]: Int] = [:]
    func number(_ part: Substring) -> Int {
      let bytes = Array(part.utf8)
      let number = numbers[bytes] ?? numbers.count
      numbers[bytes] = number
      return number
    }
    let difference = new.map(number).difference(from: old.map(number))
    var (gone, came): (Set<Int>, Set<Int>) = ([], [])
    for change in difference {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): came.insert(offset)
      }
    }
    var pieces: [Piece] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, gone.contains(left) {
        pieces.append(Piece(kind: .removed, text: String(old[left])))
        left += 1
      } else if right < new.count, came.contains(right) {
        pieces.append(Piece(kind: .added, text: String(new[right])))
        right += 1
      } else {
        pieces.append(Piece(kind: .alike, text: String(old[left])))
        left += 1
        right += 1
      }
    }
    return pieces
  }
}

extension TextDifference {
  /// The same with neighbors of one kind joined, as a text is written that was compared by words.
  public var joined: [Piece] {
    var joined: [Piece] = []
    for piece in pieces {
      if let last = joined.last, last.kind == piece.kind {
        joined[joined.count - 1] = Piece(kind: last.kind, text: last.text + piece.text)
      } else {
        joined.append(piece)
      }
    }
    return joined
  }
}

extension TextDifference.Unit {
  fileprivate func parts(of text: String) -> [Substring] {
    switch self {
    case .lines:
      text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map(Substring.init)
    case .words: words(of: text)
    }
  }

  private func words(of text: String) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      var end = text.index(after: start)
      if text[start].isOfWord {
        while end < text.endIndex, text[end].isOfWord { end = text.index(after: end) }
      }
      parts.append(text[start..<end])
      start = end
    }
    return parts
  }
}

extension Character {
  /// Whether it makes a word with its neighbors: no ideograph does, nor kana, nor Hangul.
  fileprivate var isOfWord: Bool {
    guard isLetter || isNumber, let scalar = unicodeScalars.first else { return false }
    return scalar.value < 0x2E80
  }
}
