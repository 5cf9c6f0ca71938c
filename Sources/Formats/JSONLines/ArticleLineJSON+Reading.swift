import Articles
import Documents
import Replication

extension ArticleLineJSON {
  /// The article of a line. Throws `notJSON` for one of another version or program.
  static func draft(of line: JSONText) throws(SkipReason) -> ArticleDraft {
    guard line.number("satchel") == Double(version) else { throw .notJSON }
    // What a library wrote is exact: nothing is trimmed.
    func text(_ name: String) -> String? { line[name]?.string }
    var draft = ArticleDraft(title: text("title") ?? "", url: "")
    draft.isRecorded = true
    draft.url = text("url")
    draft.author = text("author")
    draft.editor = text("editor")
    draft.site = text("site")
    draft.published = text("published")
    draft.language = text("language")
    draft.summary = text("summary")
    draft.tags = texts(line["tags"])
    draft.format = text("format").map { BodyFormat(rawValue: $0) ?? .text } ?? .markdown
    draft.body = try bytes(text("bytes")) ?? Array((text("body") ?? "").utf8)
    for image in elements(line["images"]) {
      guard let reference = image["reference"]?.string,
        let bytes = try bytes(image["bytes"]?.string)
      else { throw .notJSON }
      draft.images.append(ImageDraft(reference: reference, bytes: bytes))
    }
    draft.state = state(of: line)
    return draft
  }
}

extension ArticleLineJSON {
  private static func elements(_ value: JSONText?) -> [JSONText] {
    if case .array(let elements) = value { elements } else { [] }
  }

  private static func texts(_ value: JSONText?) -> [String] {
    elements(value).compactMap(\.string)
  }

  /// Throws `notJSON` for a text that is no base64.
  private static func bytes(_ text: String?) throws(SkipReason) -> [UInt8]? {
    guard let text else { return nil }
    guard let bytes = Base64.bytes(of: text) else { throw .notJSON }
    return bytes
  }

  private static func state(of line: JSONText) -> DraftState {
    var state = DraftState()
    state.isRead = line.flag("read")
    state.isStarred = line.flag("starred")
    state.isArchived = line.flag("archived")
    state.progressPercent = line.number("progress").flatMap { Int(exactly: $0) }
    state.rating = line.number("rating").flatMap { Int(exactly: $0) }
    state.note = line["note"]?.string
    state.addedMilliseconds = line.time("added")
    state.highlights = elements(line["highlights"]).compactMap(highlight)
    return state
  }

  private static func highlight(_ line: JSONText) -> HighlightDraft? {
    guard let quote = line["quote"]?.string else { return nil }
    func number(_ name: String) -> Int? { line.number(name).flatMap { Int(exactly: $0) } }
    var highlight = HighlightDraft(quote: quote)
    highlight.id = line["id"]?.string.flatMap { HighlightID($0) }
    highlight.color = line["colour"]?.string
    highlight.note = line["note"]?.string
    highlight.createdMilliseconds = line.time("added")
    if let start = number("start"), let end = number("end"), let version = number("version") {
      highlight.anchor = HighlightAnchor(
        body: line["body"]?.string.flatMap { ContentHash($0) }, textVersion: version,
        quote: quote, prefix: line["prefix"]?.string ?? "", suffix: line["suffix"]?.string ?? "",
        start: start, end: end)
    }
    return highlight
  }
}
