import Articles
import Documents

/// A feed in JSON (jsonfeed.org, versions 1 and 1.1).
enum JSONFeed {
  static func records(
    _ source: any ByteSource, named name: String
  ) throws(SkipReason) -> RecordList {
    var records = JSONRecords(source)
    guard let record = try records.next() else { throw .empty }
    let feed = try JSONArticles.object(record)
    guard case .array(let items) = feed["items"] else { throw .notJSON }
    let language = feed.text("language")
    return RecordList(
      items.enumerated().map { number, item in
        FormatRecord(at: "\(name), record \(number + 1)") { () throws(SkipReason) in
          draft(of: item, in: language)
        }
      })
  }

  private static func draft(of item: JSONText, in language: String?) -> ArticleDraft {
    let url = item.text("url") ?? item.text("external_url") ?? item.text("id") ?? ""
    var draft = ArticleDraft(title: ExportTitle.text(item.text("title"), url: url), url: url)
    draft.isRecorded = true
    draft.format = item.text("content_html") == nil ? .text : .html
    draft.body = Array((item.text("content_html") ?? item.text("content_text") ?? "").utf8)
    draft.summary = item.text("summary")?.singleLine
    let names = item.names("authors", keys: ["name"])
    draft.author =
      names.isEmpty
      ? item["author"]?.text("name") : names.joined(separator: ", ")
    draft.published = item.date("date_published")
    draft.language = item.text("language") ?? language
    draft.tags = item.names("tags", keys: [])
    draft.state.changedMilliseconds = item.time("date_modified") ?? item.time("date_published")
    return draft
  }
}
