extension Format {
  /// Ordinary pages, and what anything is taken for that looks like nothing else.
  public static let markdown = Format(
    name: "markdown", contents: "pages of Markdown, HTML or plain text",
    treatment: "keeps the text as it is", extensions: PageKind.extensions,
    reader: PageReader.markdown.reader)
}

extension PageReader {
  /// Reads ordinary pages: Markdown with or without front matter, HTML, plain text.
  package static let markdown = PageReader { (bytes, path) throws(SkipReason) in
    PageContent(MarkdownPage.draft(of: bytes, at: path))
  }
}
