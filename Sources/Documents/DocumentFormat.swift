/// How a document's bytes are written.
public enum DocumentFormat: Sendable, CaseIterable {
  /// Markdown, which may hold inline HTML.
  case markdown
  case html
  case text
}
