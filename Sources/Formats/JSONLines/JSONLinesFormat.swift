import Files

extension Format {
  /// All that a library holds of its articles, for programs and for another library.
  public static let jsonLines = Format(
    name: "jsonl", contents: "articles that a library wrote, one JSON object a line",
    treatment: "keeps all of them, texts, images and highlights too", extensions: ["jsonl"],
    reader: { (input) throws(SkipReason) in
      JSONLinesReader(try input.bytes(), named: input.name)
    },
    output: FormatOutput("a file with all there is, one JSON object a line") {
      (target) throws(FileError) in try JSONLinesWriter(to: target)
    },
    isLike: { $0.start?.hasKeys("\"satchel\":1,\"id\":") == true })
}
