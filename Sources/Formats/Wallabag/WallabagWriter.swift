import Articles
import Documents
import Files

/// Writes articles as wallabag's second version exports and imports them: one array of JSON.
struct WallabagWriter: FormatWriter {
  private(set) var leftOut: [ExportOmission] = []
  private var file: WrittenFile
  private var count = 0

  init(to target: ExportTarget) throws(FileError) {
    file = try WrittenFile(target)
    try file.write("[")
  }

  var tally: ExportTally { file.tally }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    guard let url = article.draft.url else {
      leftOut.append(ExportOmission(of: article.draft.title, because: "it has no address"))
      return
    }
    count += 1
    var output = JSONOutput()
    output.object { write(article, url, to: &$0) }
    try file.write(Array((count == 1 ? "\n" : ",\n").utf8) + output.bytes)
  }

  mutating func finish() throws(FileError) {
    try file.write("\n]\n")
    try file.finish()
  }
}

extension WallabagWriter {
  private func write(_ article: ExportedArticle, _ url: String, to object: inout JSONOutput) {
    let (draft, state) = (article.draft, article.draft.state)
    object.member("id", count)
    object.member("url", url)
    object.member("title", draft.title)
    // What was read is what wallabag calls archived.
    object.member("is_archived", state.isArchived == true || state.isRead == true ? 1 : 0)
    object.member("is_starred", state.isStarred == true ? 1 : 0)
    object.member("tags", draft.tags)
    object.member("content", PageHTML.text(of: article))
    let added = state.addedMilliseconds.flatMap(WallabagWriter.time)
    object.member("created_at", added)
    object.member("updated_at", added)
    object.member("published_at", draft.published)
    object.member("published_by", [draft.author].compactMap(\.self))
    object.member("language", draft.language)
    object.member("domain_name", draft.site)
    object.member("mimetype", "text/html")
    object.name("annotations")
    object.array { list in
      for highlight in state.highlights { write(highlight, to: &list) }
    }
  }

  private func write(_ highlight: HighlightDraft, to list: inout JSONOutput) {
    list.object { object in
      object.member("quote", highlight.quote)
      object.member("text", highlight.note ?? "")
      let time = highlight.createdMilliseconds.flatMap(WallabagWriter.time)
      object.member("created_at", time)
      object.member("updated_at", time)
      object.member("ranges", [])
    }
  }

  /// As wallabag writes them: to the second, with an offset without a colon.
  private static func time(_ milliseconds: Int64) -> String? {
    InstantText.text(of: milliseconds).map { "\($0.prefix(19))+0000" }
  }
}
