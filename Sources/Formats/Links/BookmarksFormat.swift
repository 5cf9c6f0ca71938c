import Files

extension Format {
  /// Bookmarks in Netscape's format.
  public static let bookmarks = Format(
    name: "bookmarks", contents: "bookmarks, as browsers and services like them export them",
    treatment: "makes tags of folders", extensions: ["html", "htm"],
    reader: { (input) throws(SkipReason) in
      LinkRecords(try input.text(declaredByHTML: true), named: input.name, .bookmarks)
    },
    output: FormatOutput("a file of bookmarks, for browsers and bookmark services") {
      (target) throws(FileError) in try BookmarksWriter(to: target)
    },
    isLike: { $0.start?.isBookmarks == true })
}
