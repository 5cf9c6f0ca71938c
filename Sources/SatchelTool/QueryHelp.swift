import Satchel

/// What `help query` says.
enum QueryHelp {
  static let text = """
    A query says which articles are meant. list, search, next, and --query of what changes articles \
    take one, and views keep one.

      tea garden         both words, in titles, texts, authors, sites, summaries, tags or notes
      '"tea garden"'     the words side by side; 中国 is two characters side by side
      'garden*'          words that begin so
      tea OR coffee      one of them; OR binds closer than a space, so that parentheses are seldom needed
      -tea  NOT tea      what does not hold it; -(a OR b) too
      title:tea          in one place: title: text: author: note: highlight:
      tag:rail 'tag:*'   with this tag; with any. site:example.org is the site and its parts
      lang:zh            in this language; lang:zh-Hans is closer
      is:unread          \(states)
      since:2026-03-13   of this day or later: the day of publication, or where that is not known of
      before:7d          adding. Days: 2026-03-13, 2026-03, 2026, today, yesterday, 7d, 2w, 3m, 1y
      added:yesterday    added then or later
      'rating:>=3'       stars, and 'progress:<50' percent: < <= > >= =
      @morning           what the view of this name finds

    Upper and lower case, accents and widths do not matter; neither does which kind of quotation mark, \
    colon or space. What stands in quotation marks is always words: "is:unread", "OR". Quote for the \
    shell what holds * < > ( ) or quotation marks.

    list and next leave archived articles out unless the query speaks of is:archived; everything leaves \
    deleted ones out unless it speaks of is:deleted.
    """

  private static var states: String {
    let names = FilterState.allCases.map(\.rawValue)
    let half = (names.count + 1) / 2
    return names[..<half].joined(separator: " ") + "\n" + String(repeating: " ", count: 21)
      + names[half...].joined(separator: " ")
  }
}
