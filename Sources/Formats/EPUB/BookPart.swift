/// Chapters that stand together under a name in the contents of a long book.
struct BookPart: Equatable {
  let title: String
  let chapters: Range<Int>

  /// The parts of a book, which hold all its chapters in their order; none for a book whose contents
  /// are short enough.
  ///
  /// They are months or sites where the book's order keeps these together, and hundreds otherwise.
  static func parts(of chapters: [BookChapter]) -> [BookPart] {
    guard chapters.count > most else { return [] }
    let named = [runs(of: chapters.map(\.month)), runs(of: chapters.map { $0.site ?? "…" })]
    return named.first { isUseful($0, for: chapters.count) } ?? hundreds(chapters.count)
  }
}

extension BookPart {
  /// More chapters than that are too many for a list.
  private static let most = 100

  /// Parts of a chapter or two would only make the list longer, and a few large ones no shorter.
  private static func isUseful(_ parts: [BookPart], for count: Int) -> Bool {
    (2...count / 4).contains(parts.count)
      && parts.allSatisfy { $0.chapters.count <= 4 * most }
  }

  /// Neighbours with one name.
  private static func runs(of names: [String]) -> [BookPart] {
    var parts: [BookPart] = []
    for (place, name) in names.enumerated() {
      let isNext = parts.last?.title == name
      let start = isNext ? parts.removeLast().chapters.lowerBound : place
      parts.append(BookPart(title: name, chapters: start..<(place + 1)))
    }
    return parts
  }

  private static func hundreds(_ count: Int) -> [BookPart] {
    stride(from: 0, to: count, by: most).map { start in
      let end = min(start + most, count)
      return BookPart(title: "\(start + 1)–\(end)", chapters: start..<end)
    }
  }
}
