/// Where a line may end, by what stands on either side: the part of UAX #14 that Latin and
/// Chinese text need, with the basic prohibitions of kinsoku.
enum LineBreaking {
  /// Whether a line may end between two characters neither of which is a space.
  static func isAllowed(between before: Character, and after: Character) -> Bool {
    if prohibitedAtStart.contains(after) || prohibitedAtEnd.contains(before) { return false }
    if before == "—" && after == "—" || before == "…" && after == "…" { return false }
    if before == "-" || before == "—" { return after.isLetter }
    return isIdeographic(before) || isIdeographic(after)
  }

  /// Closing brackets and quotes, commas and stops, small kana and marks that repeat or lengthen.
  private static let prohibitedAtStart = Set(
    "，。！？；：、）》」』】〕〉｝］〗〙〛”’…‥—～·・％‰℃々〻ー゛゜ゝゞヽヾ\u{A0}"
      + ",.!?;:)]}%»›｡｣､･ﾞﾟｰ"
      + "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")

  /// Opening brackets and quotes, and signs that belong to the number behind them.
  private static let prohibitedAtEnd = Set("（《「『【〔〈｛［〖〘〚“‘｢([{«‹$¥￥£€＄\u{A0}")

  /// Han, kana, their punctuation, full-width forms and emoji; Hangul breaks at spaces.
  private static func isIdeographic(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first, scalar.value >= 0x2E80 else { return false }
    if (0xA960...0xA97F).contains(scalar.value) || (0xAC00...0xD7FF).contains(scalar.value) {
      return false
    }
    return DisplayWidth.columns(of: character) == 2
  }
}
