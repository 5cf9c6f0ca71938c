import Files

extension Format {
  /// All that a library holds of its articles, for programs and for another library.
  public static let jsonLines = Format(
    name: "jsonl", contents: "articles that a library wrote, one JSON object a line",
    treatment: "takes all of it in", extensions: ["jsonl"],
    reader: { (input) throws(SkipReason) in
      guard case .path(let path) = input.source else {
        throw .unreadable(reason: "it is no file")
      }
      return try SkipReason.wrapping { () throws(FileError) in try JSONLinesReader(of: path) }
    },
    output: FormatOutput("a file with all there is, one JSON object a line") {
      (target) throws(FileError) in try JSONLinesWriter(to: target)
    },
    isLike: { $0.head[...].hasPrefix("{\"satchel\":1,") })
}
