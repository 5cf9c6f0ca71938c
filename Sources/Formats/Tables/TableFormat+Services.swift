import Files

extension Format {
  /// What Instapaper exports: a table, or a list of links.
  public static let instapaper = Format(
    name: "instapaper", contents: "what Instapaper exports: its table, or its list in HTML",
    treatment: "makes tags of folders", extensions: ["csv", "html"],
    reader: { (input) throws(SkipReason) -> any FormatReader in
      guard input.sample.start?.hasTitle("instapaper: export") == true else {
        return try TableRecords(input)
      }
      return LinkRecords(try input.text(declaredByHTML: true), named: input.name, .instapaper)
    },
    isLike: { sample in
      sample.start?.hasTitle("instapaper: export") == true
        || sample.start?.table == .instapaper
    })

  /// What Readwise Reader exports.
  public static let readwise = Format(
    name: "readwise", contents: "the table that Readwise Reader exports",
    treatment: "leaves out what only stood in feeds", extensions: ["csv"],
    reader: { (input) throws(SkipReason) in try TableRecords(input) },
    output: FormatOutput("a table (CSV) of highlights, for Readwise") {
      (target) throws(FileError) in try ReadwiseWriter(to: target)
    },
    isLike: { $0.start?.table == .readwise })

  /// What Raindrop exports.
  public static let raindrop = Format(
    name: "raindrop", contents: "the table that Raindrop exports",
    treatment: "makes tags of folders", extensions: ["csv"],
    reader: { (input) throws(SkipReason) in try TableRecords(input) },
    isLike: { $0.start?.table == .raindrop })
}
