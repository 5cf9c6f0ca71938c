/// Writes a document as Markdown that our reader reads as the same document.
///
/// What Markdown has no way to say, or our reader no ear for, is written as HTML between it: figures,
/// lists whose numbers jump, styles that begin or end with a space, code with links in it. White
/// space that a reader of Markdown would collapse does not survive; only plain texts have such.
public enum MarkdownWriter {
  public static func markdown(of document: Document) -> String {
    MarkdownBlockWriter().lines(of: document.blocks).map { ($0 ?? "") + "\n" }.joined()
  }
}
