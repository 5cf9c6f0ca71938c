import Articles
import Documents

extension Format {
  /// What Karakeep exports, which was called Hoarder.
  public static let karakeep = Format(
    name: "karakeep", contents: "what Karakeep (Hoarder) exports as JSON",
    treatment: "makes tags of lists", extensions: ["json"],
    reader: { (input) throws(SkipReason) in
      let lists = try KarakeepLists.names(in: input)
      return JSONPieces(
        try input.text(), into: KarakeepLists.opened, at: ["bookmarks", JSONWalk.element],
        named: input.name
      ) { (bookmark, _) throws(SkipReason) in try KarakeepBookmark.draft(of: bookmark, lists) }
    },
    isLike: { $0.start?.hasKeys("\"bookmarks\"", "\"createdat\"", "\"tags\"") == true })
}

/// The lists of an export, which stand behind its bookmarks.
enum KarakeepLists {
  static let opened: Set<[String]> = [[], ["bookmarks"], ["lists"]]

  /// Reads the file once for them; of what is piped none is known, since it is read once only.
  static func names(in input: FormatInput) throws(SkipReason) -> NestedNames {
    var names = NestedNames()
    guard case .path = input.source else { return names }
    var walk = JSONWalk(try input.text(), into: opened)
    do throws(SkipReason) {
      while let piece = try walk.next() {
        guard piece.path == ["lists", JSONWalk.element], let list = try? JSONPieces.object(piece),
          let id = list.text("id"), let name = list.text("name")
        else { continue }
        names.note(id, name.singleLine, in: list.text("parentId"))
      }
    } catch {
      // Whoever reads the bookmarks tells where the file breaks.
    }
    return names
  }
}

/// A bookmark as Karakeep exports it.
enum KarakeepBookmark {
  static func draft(
    of bookmark: JSONText, _ lists: NestedNames
  ) throws(SkipReason) -> ArticleDraft {
    let content = bookmark["content"]
    guard let content, content != .null else {
      throw .notSaved(reason: "a picture or a document, which Karakeep does not export")
    }
    let url = content.text("url") ?? ""
    var draft = ArticleDraft(title: ExportTitle.text(bookmark.text("title"), url: url), url: url)
    draft.isRecorded = true
    if let text = content.text("text") {
      draft.body = Array(text.utf8)
      draft.format = .markdown
      let words = draft.body[...]
      let first = words.lines.first { !$0.isBlank }?.asTitle
      if draft.title.isEmpty { draft.title = MarkdownTitle.find(in: words) ?? first ?? "" }
    }
    draft.tags = bookmark.names("tags", keys: ["name"])
    for id in bookmark.names("lists", keys: ["id"]) {
      for name in lists.path(of: id) { draft.tag(name) }
    }
    draft.state.note = bookmark.text("note")
    draft.state.addedMilliseconds = bookmark.time("createdAt")
    draft.state.isArchived = bookmark.flag("archived")
    return draft
  }
}
