/// Where a line may end, by what stands on either side: the part of UAX #14 that Latin and
/// Chinese text need, with the basic prohibitions of kinsoku.
enum LineBreaking {
  /// Whether a line may end between two cells neither of which is a space.
  static func isAllowed(between before: TerminalCell, and after: TerminalCell) -> Bool {
    if before.isASCIIWord && after.isASCIIWord { return false }
    if prohibitedAtStart.contains(after.scalar) || prohibitedAtEnd.contains(before.scalar) {
      return false
    }
    if before.scalar == 0x2014 && after.scalar == 0x2014 { return false }
    if before.scalar == 0x2026 && after.scalar == 0x2026 { return false }
    if before.scalar == 0x2D || before.scalar == 0x2014 { return after.character.isLetter }
    return isIdeographic(before) || isIdeographic(after)
  }

  /// Closing brackets and quotes, commas and stops, small kana and marks that repeat or lengthen.
  private static let prohibitedAtStart = Set(
    ("，。！？；：、）》」』】〕〉｝］〗〙〛”’…‥—～·・％‰℃々〻ー゛゜ゝゞヽヾ\u{A0}"
      + ",.!?;:)]}%»›｡｣､･ﾞﾟｰ"
      + "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ").unicodeScalars.map(\.value))

  /// Opening brackets and quotes, and signs that belong to the number behind them.
  private static let prohibitedAtEnd = Set(
    "（《「『【〔〈｛［〖〘〚“‘｢([{«‹$¥￥£€＄\u{A0}".unicodeScalars.map(\.value))

  /// Han, kana, their punctuation, full-width forms and emoji; Hangul breaks at spaces.
  private static func isIdeographic(_ cell: TerminalCell) -> Bool {
    guard cell.scalar >= 0x2E80, cell.columns == 2 else { return false }
    return !(0xA960...0xA97F).contains(cell.scalar) && !(0xAC00...0xD7FF).contains(cell.scalar)
  }
}

extension TerminalCell {
  fileprivate var isASCIIWord: Bool {
    (0x30...0x39).contains(scalar) || (0x41...0x5A).contains(scalar)
      || (0x61...0x7A).contains(scalar)
  }
}
