import Files

extension Format {
  /// Pages to look at without a program.
  public static let site = Format(
    name: "site", contents: "a folder of pages to read in a browser",
    treatment: "keeps the text as it is", extensions: ["html"],
    output: FormatOutput(
      "a folder of pages to read in a browser, without a server or a network", isFolder: true
    ) { (target) throws(FileError) in try SiteWriter(to: target) })
}
