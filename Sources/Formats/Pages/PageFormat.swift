/// What an imported page is taken for.
public enum PageFormat: String, Sendable, CaseIterable {
  /// Ordinary pages: Markdown with or without front matter, HTML, plain text.
  case markdown
  /// Markdown pages of a news mirror: the article as inline HTML between the mirror's own menus,
  /// promotions and share block, which are removed.
  case mirror
}
