import Files

extension Format {
  /// Books.
  public static let epub = Format(
    name: "epub", contents: "a book in EPUB", treatment: "makes one article of it, pictures too",
    extensions: ["epub"],
    reader: { (input) throws(SkipReason) in
      let book = try EPUBBook(ExportFiles(input).files)
      let record = FormatRecord(at: input.name) { [draft = try book.draft()] in draft }
      return RecordList([record])
    },
    output: FormatOutput("a book (EPUB) with a chapter an article, for readers and Kindle") {
      (target) throws(FileError) in try EPUBWriter(to: target)
    },
    isLike: { $0.start?.isBook == true })
}
