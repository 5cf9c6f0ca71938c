import Articles
import Documents

/// An entry as wallabag exports it.
enum WallabagEntry {
  static func draft(of entry: JSONText) -> ArticleDraft {
    let url = entry.text("url") ?? entry.text("given_url") ?? ""
    var draft = ArticleDraft(title: ExportTitle.text(entry.text("title"), url: url), url: url)
    draft.isRecorded = true
    draft.body = text(of: entry)
    draft.format = .html
    draft.author = names(entry).isEmpty ? nil : names(entry).joined(separator: ", ").singleLine
    draft.published = entry.date("published_at")
    draft.language = entry.text("language").map(languageTag)
    // A tag may be an object without a name.
    draft.tags = entry.names("tags", keys: ["label", "slug"])
    draft.state = state(of: entry)
    return draft
  }
}

extension WallabagEntry {
  private static func names(_ entry: JSONText) -> [String] {
    entry.names("published_by", keys: ["name"])
  }

  private static func state(of entry: JSONText) -> DraftState {
    var state = DraftState()
    state.addedMilliseconds = entry.time("created_at")
    state.changedMilliseconds = entry.time("updated_at")
    // One mark says both there.
    if entry.flag("is_archived") ?? entry.flag("is_read") == true { state.putAway() }
    state.isStarred = entry.flag("is_starred") ?? entry.flag("is_fav")
    for annotation in entry["annotations"]?.elements ?? [] {
      guard let quote = annotation.text("quote") else { continue }
      var highlight = HighlightDraft(quote: quote)
      highlight.note = annotation.text("text")
      highlight.createdMilliseconds = annotation.time("created_at")
      state.highlights.append(highlight)
    }
    return state
  }

  /// The text; empty where wallabag could not fetch one and says so in its place.
  private static func text(of entry: JSONText) -> [UInt8] {
    guard let content = entry.text("content"),
      !content.hasPrefix("wallabag can't retrieve contents for this article")
    else { return [] }
    return Array(content.utf8)
  }

  /// `en_US` as it is written elsewhere.
  private static func languageTag(_ text: String) -> String {
    text.split(separator: "_").joined(separator: "-")
  }
}
