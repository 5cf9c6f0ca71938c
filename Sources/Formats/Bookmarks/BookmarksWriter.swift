import Articles
import Files

/// Writes the addresses of articles as browsers and bookmark services import them: Netscape's file.
struct BookmarksWriter: FormatWriter {
  private(set) var leftOut: [ExportOmission] = []
  private var file: WrittenFile

  init(to target: ExportTarget) throws(FileError) {
    file = try WrittenFile(target)
    let title = XMLText.escaped(target.title)
    try file.write(
      """
      <!DOCTYPE NETSCAPE-Bookmark-file-1>
      <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
      <TITLE>\(title)</TITLE>
      <H1>\(title)</H1>
      <DL><p>

      """)
  }

  var tally: ExportTally { file.tally }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    let draft = article.draft
    guard let url = draft.url else {
      leftOut.append(ExportOmission(of: draft.title, because: "it has no address"))
      return
    }
    var attributes = [("HREF", url)]
    if let added = draft.state.addedMilliseconds {
      attributes.append(("ADD_DATE", "\(added / 1000)"))
    }
    if !draft.tags.isEmpty {
      // A comma would make two tags of one.
      let tags = draft.tags.map { $0.split(separator: ",").joined(separator: " ") }
      attributes.append(("TAGS", tags.joined(separator: ",").onOneLine))
    }
    attributes.append(("TOREAD", draft.state.isRead == true ? "0" : "1"))
    let text = attributes.map { "\($0)=\"\(XMLText.escaped($1))\"" }.joined(separator: " ")
    let title = draft.title.isBlank ? url : draft.title
    try file.write("<DT><A \(text)>\(XMLText.escaped(title.onOneLine))</A>\n")
    if let description = draft.state.note ?? draft.summary, !description.isBlank {
      try file.write("<DD>\(XMLText.escaped(description))\n")
    }
  }

  mutating func finish() throws(FileError) {
    try file.write("</DL><p>\n")
    try file.finish()
  }
}
