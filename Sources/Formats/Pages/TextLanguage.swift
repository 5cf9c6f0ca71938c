import Documents

/// Tells the language of a text by the letters that most of it is written in.
///
/// A name or a word in another script changes nothing. Known are Chinese in its two scripts,
/// Japanese, Korean, and English, which is told from other languages in Latin letters by its most
/// common words. Everything else is none of these, and has no language here.
enum TextLanguage {
  /// The language of plain text.
  static func of(text: ArraySlice<UInt8>) -> String? {
    var letters = LetterCount()
    letters.add(text)
    return language(letters)
  }

  /// The language of HTML or Markdown, whose tags, scripts and styles are no words.
  static func of(markup: ArraySlice<UInt8>) -> String? {
    var letters = LetterCount()
    letters.add(markup, isMarkup: true)
    return language(letters)
  }
}

extension TextLanguage {
  private static func language(_ letters: LetterCount) -> String? {
    // A character of these scripts says about as much as three letters, and of a page in two
    // languages it is the translation that is in English.
    let eastAsian = 4 * (letters.han + letters.kana + letters.hangul)
    let all = eastAsian + letters.latin + letters.other
    guard all > 0, letters.other * 2 <= all else { return nil }
    if eastAsian * 2 >= all { return eastAsianLanguage(letters) }
    if letters.isEnglish { return "en" }
    // Latin letters that are no language are code and addresses.
    return eastAsian * 8 >= all ? eastAsianLanguage(letters) : nil
  }

  private static func eastAsianLanguage(_ letters: LetterCount) -> String? {
    let (han, kana, hangul) = (letters.han, letters.kana, letters.hangul)
    if hangul > han + kana { return "ko" }
    // A third of Japanese and more is kana; Chinese has some in names.
    if kana * 5 >= han + kana { return "ja" }
    return kana * 20 <= han + kana ? letters.chinese.language : nil
  }
}
