import Articles

/// An article as one line of JSON: what `show --json` prints of it, with all its bytes.
enum ArticleLineJSON {
  /// The version of these lines.
  static let version = 1

  static func line(of article: ExportedArticle) -> [UInt8] {
    let draft = article.draft
    let object = JSONObjectWriter.object { line in
      line.number("satchel", version)
      line.text("id", article.id.description)
      line.text("url", draft.url)
      line.text("title", draft.title)
      line.text("author", draft.author)
      line.text("editor", draft.editor)
      line.text("site", draft.site)
      line.text("published", draft.published)
      line.text("language", draft.language)
      line.text("summary", draft.summary)
      line.texts("tags", draft.tags)
      write(draft.state, to: &line)
      if !draft.body.isEmpty {
        line.text("format", draft.format.rawValue)
        // A body need not be UTF-8.
        let text = String(validating: draft.body, as: UTF8.self)
        line.text(text == nil ? "bytes" : "body", text ?? Base64.text(of: draft.body))
      }
      line.objects("images", draft.images) { image, line in
        line.text("reference", image.reference)
        line.text("bytes", Base64.text(of: image.bytes))
      }
      line.objects("highlights", draft.state.highlights) { write($0, to: &$1) }
    }
    return object + [0x0A]
  }

  private static func write(_ state: DraftState, to line: inout JSONObjectWriter) {
    line.flag("read", state.isRead ?? false)
    line.flag("starred", state.isStarred ?? false)
    line.flag("archived", state.isArchived ?? false)
    line.number("progress", state.progressPercent ?? 0)
    line.number("rating", state.rating ?? 0)
    line.text("note", state.note)
    line.text("added", state.addedMilliseconds.flatMap(InstantText.text))
  }

  private static func write(_ highlight: HighlightDraft, to line: inout JSONObjectWriter) {
    line.text("id", highlight.id?.description)
    line.text("quote", highlight.quote)
    if let anchor = highlight.anchor {
      line.text("prefix", anchor.prefix)
      line.text("suffix", anchor.suffix)
      line.number("start", anchor.start)
      line.number("end", anchor.end)
      line.number("version", anchor.textVersion)
      line.text("body", anchor.body?.description)
    }
    line.text("colour", highlight.color)
    line.text("note", highlight.note)
    line.text("added", highlight.createdMilliseconds.flatMap(InstantText.text))
  }
}
