import Files

extension Format {
  /// Books.
  public static let epub = Format(
    name: "epub", contents: "a book in EPUB",
    treatment: "makes one article of it, or with --chapters one of each chapter",
    extensions: ["epub"],
    reader: { (input) throws(SkipReason) -> any FormatReader in
      let book = try EPUBBook(input)
      if input.isByChapter { return EPUBChapters(book, named: input.name) }
      let record = FormatRecord(at: input.name) { [draft = try book.draft()] in draft }
      return RecordList([record])
    },
    output: FormatOutput("a book (EPUB) with a chapter an article, for readers and Kindle") {
      (target) throws(FileError) in try EPUBWriter(to: target)
    },
    isLike: { $0.start?.isBook == true })
}
