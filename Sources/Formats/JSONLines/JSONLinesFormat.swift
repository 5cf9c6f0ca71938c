import Files

extension Format {
  /// A library's own articles, one object of JSON in a line, with all that they are.
  public static let jsonLines = Format(
    name: "jsonl", contents: "articles as a library writes them: an object of JSON in each line",
    treatment: "keeps all of them, texts, images and highlights too", extensions: ["jsonl"],
    reader: { (input) throws(SkipReason) in
      JSONArticles(try input.text(), named: input.name) { (line) throws(SkipReason) in
        try ArticleLineJSON.draft(of: line)
      }
    },
    writer: { (file) throws(FileError) in try JSONLinesWriter(at: file) },
    isLike: { $0.start?.hasKeys("\"satchel\":1,\"id\":") == true })
}

/// Writes articles into one file, a line for each.
struct JSONLinesWriter: FormatWriter {
  let leftOut: [ExportOmission] = []
  private let file: OutputFile

  /// - Parameter path: the file, which is replaced if it is there.
  init(at path: FilePath) throws(FileError) {
    file = try OutputFile(path, .umask)
  }

  func write(_ article: ExportedArticle) throws(FileError) {
    try file.write(ArticleLineJSON.line(of: article))
  }

  func finish() throws(FileError) { try file.commit(.replacing) }
}
