import Articles

/// What can be asked for in a query, for help: each with examples and what they mean.
public enum QueryHelp: String, Sendable, CaseIterable {
  case words, phrase, prefix, either, without, place, name, language, state, day, added, number,
    view

  /// As they are typed, without quotes for a shell.
  public var examples: [String] {
    switch self {
    case .words: ["tea garden"]
    case .phrase: ["\"tea garden\""]
    case .prefix: ["garden*"]
    case .either: ["tea OR coffee"]
    case .without: ["-tea", "NOT tea"]
    case .place: ["title:tea"]
    case .name: ["tag:rail", "tag:*"]
    case .language: ["lang:zh"]
    case .state: ["is:unread"]
    case .day: ["since:2026-03-13", "before:7d"]
    case .added: ["added:yesterday"]
    case .number: ["rating:>=3"]
    case .view: ["@morning"]
    }
  }

  /// What they mean, as one clause.
  public var meaning: String {
    switch self {
    case .words: "both words, in titles, texts, authors, sites, summaries, tags or notes"
    case .phrase: "the words side by side; 中国 is two characters side by side"
    case .prefix: "words that begin so"
    case .either:
      "one of them; OR binds closer than a space, so that parentheses are seldom needed"
    case .without: "what does not hold it; -(a OR b) too"
    case .place: "in one place: title: text: author: note: highlight:"
    case .name: "with this tag; with any. site:example.org is the site and its parts"
    case .language: "in this language; lang:zh-Hans is closer"
    case .state: FilterState.allCases.map(\.rawValue).joined(separator: " ")
    case .day:
      "of this day or later, or before it: the day of publication, or where that is not known of "
        + "adding. Days: 2026-03-13, 2026-03, 2026, today, yesterday, 7d, 2w, 3m, 1y"
    case .added: "added then or later"
    case .number: "stars, and progress:<50 percent: < <= > >= ="
    case .view: "what the view of this name finds"
    }
  }

  /// What holds of all of them.
  public static let remark =
    "Upper and lower case, accents and widths do not matter; neither does which kind of quotation "
    + "mark, colon or space. What stands in quotation marks is always words: \"is:unread\", \"OR\". "
    + "A quotation mark among them has a backslash before it."
}
