import Articles
import Coding
import Files
import Replication

/// Writes each article as an object of JSON in a line of its own, with its text, images, note and
/// highlights.
struct JSONLinesWriter: FormatWriter {
  private var file: WrittenFile

  init(to target: ExportTarget) throws(FileError) {
    file = try WrittenFile(target)
  }

  var tally: ExportTally { file.tally }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    var output = JSONOutput()
    output.object { JSONLinesWriter.write(article, to: &$0) }
    try file.write(output.bytes + [0x0A])
  }

  mutating func finish() throws(FileError) { try file.finish() }
}

extension JSONLinesWriter {
  private static func write(_ article: ExportedArticle, to object: inout JSONOutput) {
    let draft = article.draft
    object.member("satchel", 1)
    object.member("id", article.id.description)
    for (name, text) in [
      ("url", draft.url), ("title", draft.title), ("author", draft.author),
      ("editor", draft.editor), ("site", draft.site), ("published", draft.published),
      ("language", draft.language), ("summary", draft.summary),
    ] {
      object.member(name, text)
    }
    object.member("tags", draft.tags)
    write(draft.state, to: &object)
    writeText(of: article, to: &object)
    object.name("images")
    object.array { images in
      for image in draft.images {
        images.object {
          $0.member("reference", image.reference)
          $0.name("data")
          $0.value(utf8: Base64.text(of: image.bytes))
        }
      }
    }
  }

  private static func write(_ state: DraftState, to object: inout JSONOutput) {
    object.member("read", state.isRead ?? false)
    object.member("starred", state.isStarred ?? false)
    object.member("archived", state.isArchived ?? false)
    object.member("deleted", false)
    object.member("progress", state.progressPercent ?? 0)
    object.member("rating", state.rating ?? 0)
    object.member("added", state.addedMilliseconds.flatMap(InstantText.text))
    object.member("note", state.note)
    object.name("highlights")
    object.array { list in
      for highlight in state.highlights { HighlightRecord.write(highlight, to: &list) }
    }
  }

  /// A text that is no UTF-8 is written as its bytes.
  private static func writeText(of article: ExportedArticle, to object: inout JSONOutput) {
    let body = article.draft.body
    object.member("format", article.draft.format.rawValue)
    object.name("body")
    if article.hasText {
      object.object {
        $0.member("hash", ContentHash(of: body).description)
        $0.member("size", body.count)
        $0.member("present", true)
      }
    } else {
      object.value(nil)
    }
    if !article.hasText {
      object.member("content", nil)
    } else if String(validating: body, as: UTF8.self) != nil {
      object.name("content")
      object.value(utf8: body)
    } else {
      object.name("content_base64")
      object.value(utf8: Base64.text(of: body))
    }
  }
}
