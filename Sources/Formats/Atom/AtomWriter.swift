import Articles
import Documents
import Files
import Replication

/// Writes articles as a feed (RFC 4287), their texts as HTML.
struct AtomWriter: FormatWriter {
  private var file: WrittenFile
  private let now: String

  init(to target: ExportTarget) throws(FileError) {
    file = try WrittenFile(target)
    now = InstantText.text(of: target.now) ?? "1970-01-01T00:00:00Z"
    let id = Identifier(bytes: target.library.prefix(16)) ?? Identifier(high: 0, low: 0)
    try file.write(
      """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom">
      <title>\(XMLText.escaped(target.title))</title>
      <id>\(id.name)</id>
      <updated>\(now)</updated>
      <author><name>\(XMLText.escaped(target.title))</name></author>

      """)
  }

  var tally: ExportTally { file.tally }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    let draft = article.draft
    let added = draft.state.addedMilliseconds.flatMap(InstantText.text) ?? now
    var lines = [
      "<entry>", "<title>\(XMLText.escaped(draft.title.onOneLine))</title>",
      "<id>\(article.id.key.name)</id>", "<updated>\(added)</updated>",
    ]
    if let published = draft.published.flatMap(AtomWriter.instant) {
      lines.append("<published>\(published)</published>")
    }
    if let author = draft.author, !author.isBlank {
      lines.append("<author><name>\(XMLText.escaped(author.onOneLine))</name></author>")
    }
    if let url = draft.url {
      lines.append("<link rel=\"alternate\" href=\"\(XMLText.escaped(WebLink.escaped(url)))\"/>")
    }
    for tag in draft.tags { lines.append("<category term=\"\(XMLText.escaped(tag.onOneLine))\"/>") }
    if let summary = draft.summary, !summary.isBlank {
      lines.append("<summary>\(XMLText.escaped(summary))</summary>")
    }
    if article.hasText {
      let html = XMLText.escaped(PageHTML.text(of: article))
      lines.append("<content type=\"html\">\(html)</content>")
    } else {
      // An entry has a text or a link.
      lines.append("<content type=\"text\"></content>")
    }
    try file.write(lines.joined(separator: "\n") + "\n</entry>\n")
  }

  mutating func finish() throws(FileError) {
    try file.write("</feed>\n")
    try file.finish()
  }
}

extension AtomWriter {
  /// A day is its midnight in UTC, since a feed has instants alone.
  private static func instant(_ text: String) -> String? {
    guard let date = DateText.normalized(Array(text.utf8)[...]) else { return nil }
    return date.utf8.count == 10 ? "\(date)T00:00:00Z" : date
  }
}

extension Format {
  /// A feed.
  public static let atom = Format(
    name: "atom", contents: "articles of a feed", treatment: "adds them with their text",
    extensions: ["atom", "xml"],
    output: FormatOutput("a feed (Atom), for readers of feeds") {
      (target) throws(FileError) in try AtomWriter(to: target)
    })
}
