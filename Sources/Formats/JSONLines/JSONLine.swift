import Articles
import Documents

/// An article as ``JSONLinesWriter`` wrote it.
enum JSONLine {
  static func draft(of line: [UInt8]) throws(SkipReason) -> ArticleDraft {
    guard let object = JSONText(line[...], limit: JSONLinesReader.longest),
      object["satchel"]?.integer == 1
    else {
      throw .unreadable(reason: "it is no article as a library writes it")
    }
    let body = try body(of: object)
    // A text in a format of later versions is shown as it is.
    let format = object["format"]?.string.map { BodyFormat(rawValue: $0) ?? .text } ?? .markdown
    var draft = ArticleDraft(title: object["title"]?.string ?? "", format: format, body: body)
    (draft.url, draft.author) = (object["url"]?.string, object["author"]?.string)
    (draft.editor, draft.site) = (object["editor"]?.string, object["site"]?.string)
    (draft.published, draft.language) = (object["published"]?.string, object["language"]?.string)
    draft.summary = object["summary"]?.string
    draft.tags = object["tags"]?.elements.compactMap(\.string) ?? []
    draft.state = state(of: object)
    // It is what a library knew at its time.
    draft.isRecorded = true
    draft.images = try images(of: object)
    return draft
  }

  private static func body(of object: JSONText) throws(SkipReason) -> [UInt8] {
    if let text = object["content"]?.string { return Array(text.utf8) }
    guard let text = object["content_base64"]?.string else { return [] }
    guard let bytes = Base64.bytes(of: text) else {
      throw .unreadable(reason: "its text is no base64")
    }
    return bytes
  }

  private static func images(of object: JSONText) throws(SkipReason) -> [ImageDraft] {
    var images: [ImageDraft] = []
    for image in object["images"]?.elements ?? [] {
      guard let reference = image["reference"]?.string,
        let bytes = image["data"]?.string.flatMap({ Base64.bytes(of: $0) })
      else { throw .unreadable(reason: "an image of it is no base64") }
      images.append(ImageDraft(reference: reference, bytes: bytes))
    }
    return images
  }

  private static func state(of object: JSONText) -> DraftState {
    var state = DraftState()
    (state.isRead, state.isStarred) = (object["read"]?.flag, object["starred"]?.flag)
    state.isArchived = object["archived"]?.flag
    (state.progressPercent, state.rating) = (object["progress"]?.integer, object["rating"]?.integer)
    state.note = object["note"]?.string
    state.addedMilliseconds = object["added"]?.string.flatMap(InstantText.milliseconds(of:))
    state.highlights =
      object["highlights"]?.elements.compactMap { HighlightRecord.draft(of: $0) } ?? []
    return state
  }
}
