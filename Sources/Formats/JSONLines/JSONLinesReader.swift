import Articles
import Documents
import Files

/// Reads what ``JSONLinesWriter`` wrote, a line at a time.
struct JSONLinesReader: FormatReader {
  let total: ReadingTotal
  private let name: String
  private var lines: InputLines

  init(of path: FilePath) throws(FileError) {
    let file = try InputFile(path, .named)
    total = ReadingTotal(.bytes, file.length)
    name = path.lastComponent?.shown ?? path.shown
    lines = InputLines(file, longest: JSONLinesReader.longest)
  }

  mutating func next() -> FormatRecord? {
    while true {
      let place = "\(name), line \(lines.number + 1)"
      switch lines.next() {
      case nil: return nil
      case .line(let line, let share):
        if line[...].isBlank { continue }
        return FormatRecord(at: place, share: share) { () throws(SkipReason) in
          try JSONLinesReader.draft(of: line)
        }
      case .tooLong(let share):
        return FormatRecord(
          at: place, share: share, .tooLarge(limit: JSONLinesReader.longest))
      case .failed(let error, let share):
        return FormatRecord(at: place, share: share, SkipReason(error))
      }
    }
  }

  /// A text of 16 MiB and several images in base64.
  static let longest = 128 << 20
}

extension JSONLinesReader {
  static func draft(of line: [UInt8]) throws(SkipReason) -> ArticleDraft {
    guard let object = JSONText(line[...], longest: longest), object["satchel"]?.integer == 1 else {
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
    draft.images = try images(of: object)
    return draft
  }

  private static func body(of object: JSONText) throws(SkipReason) -> [UInt8] {
    if let text = object["content"]?.string { return Array(text.utf8) }
    guard let text = object["content_base64"]?.string else { throw .empty }
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
    state.addedMilliseconds = object["added"]?.string.flatMap(InstantText.milliseconds)
    state.highlights =
      object["highlights"]?.elements.compactMap { HighlightRecord.draft(of: $0) } ?? []
    return state
  }
}
