import Files

extension Format {
  /// Ordinary pages, and what anything is taken for that looks like nothing else.
  public static let markdown = Format(
    name: "markdown", contents: "pages of Markdown, HTML, MHTML or plain text",
    treatment: "keeps the text as it is", extensions: PageKind.extensions,
    reader: PageReader.markdown.reader,
    output: FormatOutput(
      "a folder of Markdown pages with front matter, as Obsidian has them", isFolder: true
    ) { (target) throws(FileError) in try MarkdownFolderWriter(at: target.path) },
    pages: .markdown)
}

extension PageReader {
  /// Reads ordinary pages: Markdown with or without front matter, HTML, plain text; and pages that
  /// a library wrote, with their state.
  package static let markdown = PageReader { (bytes, path) throws(SkipReason) in
    PageContent(try MarkdownPage.draft(of: bytes, at: path))
  }
}
