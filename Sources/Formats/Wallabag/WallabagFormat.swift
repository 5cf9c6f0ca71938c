import Documents
import Files

extension Format {
  /// What wallabag exports as JSON.
  public static let wallabag = Format(
    name: "wallabag", contents: "what wallabag exports as JSON, of version 2 or 1",
    treatment: "keeps texts, tags, marks and annotations", extensions: ["json"],
    reader: { (input) throws(SkipReason) in
      JSONArticles(try input.text(), named: input.name) { (entry) throws(SkipReason) in
        WallabagEntry.draft(of: entry)
      }
    },
    output: FormatOutput("a file that wallabag imports, with texts and highlights") {
      (target) throws(FileError) in try WallabagWriter(to: target)
    },
    isLike: { sample in
      guard let head = sample.start else { return false }
      return head.hasKeys("\"is_archived\"", "\"is_starred\"")
        || head.hasKeys("\"is_read\"", "\"is_fav\"")
    })
}
