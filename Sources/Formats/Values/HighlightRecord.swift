import Articles
import Documents
import Replication

/// A highlight as an object of JSON, in formats of ours: under the names that `show --json` has, and
/// with the place where it was marked.
enum HighlightRecord {
  static func write(_ highlight: HighlightDraft, to output: inout JSONOutput) {
    output.object { object in
      object.member("id", highlight.id?.description)
      object.member("quote", highlight.quote)
      object.member("colour", highlight.color)
      object.member("note", highlight.note)
      object.member("added", highlight.createdMilliseconds.flatMap(InstantText.text))
      guard let anchor = highlight.anchor else { return }
      object.member("prefix", anchor.prefix)
      object.member("suffix", anchor.suffix)
      object.member("start", anchor.start)
      object.member("end", anchor.end)
      object.member("text_version", anchor.textVersion)
      object.member("body", anchor.body?.description)
    }
  }

  /// Nil for what is no such object.
  static func draft(of line: ArraySlice<UInt8>) -> HighlightDraft? {
    JSONText(line).flatMap { draft(of: $0) }
  }

  static func draft(of object: JSONText) -> HighlightDraft? {
    guard let quote = object["quote"]?.string, !quote.isEmpty else { return nil }
    var draft = HighlightDraft(quote: quote)
    draft.id = object["id"]?.string.flatMap { HighlightID($0) }
    (draft.color, draft.note) = (object["colour"]?.string, object["note"]?.string)
    draft.createdMilliseconds = object["added"]?.string.flatMap(InstantText.milliseconds)
    guard let start = object["start"]?.integer, let end = object["end"]?.integer else {
      return draft
    }
    draft.anchor = HighlightAnchor(
      body: object["body"]?.string.flatMap { ContentHash($0) },
      textVersion: object["text_version"]?.integer ?? 0, quote: quote,
      prefix: object["prefix"]?.string ?? "", suffix: object["suffix"]?.string ?? "",
      start: start, end: end)
    return draft
  }
}

extension JSONText {
  /// A number that is whole and within bounds.
  var integer: Int? {
    guard case .number(let text) = self else { return nil }
    return Int(text)
  }

  var flag: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }
}
