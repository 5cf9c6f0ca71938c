import Satchel

/// Two long texts as one: what only the first has is `<del>`, what only the second has `<ins>`. Of
/// what is alike only the ends are shown that stand beside what is not.
struct DifferenceText {
  let markup: Markup

  /// Longer ones are cut.
  static let maximumCharacters = 4_000
  /// How much of what is alike stands on either side.
  private static let context = 160
  private static let gap: Markup = " <span class=\"gap\">…</span> "

  /// By words where that is not too much to compare, else by lines.
  init(from old: String, to new: String) {
    let pieces = DifferenceText.pieces(from: old, to: new)
    var (output, room) = (Markup.nothing, DifferenceText.maximumCharacters)
    for (index, piece) in pieces.enumerated() {
      guard room > 0 else {
        output += DifferenceText.gap
        break
      }
      let shown = DifferenceText.shown(
        piece, isFirst: index == 0, isLast: index == pieces.count - 1, room: room)
      output += shown.markup
      room -= shown.length
    }
    markup = output
  }

  private static func pieces(from old: String, to new: String) -> [TextDifference.Piece] {
    if old.utf8.count + new.utf8.count <= wordBytes {
      let words = TextDifference(from: old, to: new, by: .words)
      if !words.isCut { return words.joined }
    }
    return TextDifference(from: old, to: new, by: .lines).pieces.map {
      TextDifference.Piece(kind: $0.kind, text: $0.text + "\n")
    }
  }

  /// Longer texts are compared by lines alone.
  private static let wordBytes = 200_000

  private static func shown(
    _ piece: TextDifference.Piece, isFirst: Bool, isLast: Bool, room: Int
  ) -> (markup: Markup, length: Int) {
    let text = piece.text
    switch piece.kind {
    case .removed, .added:
      let cut = String(text.prefix(room))
      let end: Markup = cut.count < text.count ? gap : .nothing
      let marked: Markup =
        piece.kind == .removed ? "<del>\(lines(cut))</del>" : "<ins>\(lines(cut))</ins>"
      return (marked + end, cut.count)
    case .alike:
      guard text.count > 2 * context else { return (lines(text), text.count) }
      let head: Markup = isFirst ? .nothing : lines(String(text.prefix(context)))
      let tail: Markup = isLast ? .nothing : lines(String(text.suffix(context)))
      return (head + gap + tail, 2 * context)
    }
  }

  private static func lines(_ text: String) -> Markup {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "\(String($0))" }.joined(by: "<br>\n")
  }
}
