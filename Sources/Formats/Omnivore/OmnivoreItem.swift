import Articles
import Documents

/// An item as Omnivore exported it, in the older file with its text and highlights.
enum OmnivoreItem {
  /// - Parameters:
  ///   - text: what the archive has of it beside the metadata; nil where it has nothing.
  ///   - highlights: likewise.
  static func draft(
    of item: JSONText, text: [UInt8]? = nil, highlights: [HighlightDraft] = []
  ) -> ArticleDraft {
    let url = item.text("url").flatMap { isAddress($0) ? $0 : nil } ?? ""
    var draft = ArticleDraft(title: ExportTitle.text(item.text("title"), url: url), url: url)
    draft.isRecorded = true
    draft.body = text ?? item.text("content").map { Array($0.utf8) } ?? []
    draft.format = .html
    draft.author = item.text("author")?.singleLine
    draft.summary = item.text("description")?.singleLine
    draft.published = item.date("publishedAt")
    draft.tags = item.names("labels", keys: ["name"])
    draft.state = state(of: item)
    draft.state.highlights = highlights + self.highlights(of: item)
    return draft
  }
}

extension OmnivoreItem {
  /// Newsletters have an address that leads nowhere.
  private static func isAddress(_ url: String) -> Bool {
    !["https://omnivore.app/no_url", "http://omnivore.app/no_url"].contains { url.hasPrefix($0) }
  }

  private static func state(of item: JSONText) -> DraftState {
    var state = DraftState()
    state.addedMilliseconds = item.time("savedAt") ?? item.time("createdAt")
    state.changedMilliseconds = item.time("updatedAt")
    if let progress = item.number("readingProgress") ?? item.number("readingProgressPercent"),
      (0...100).contains(progress)
    {
      state.progressPercent = Int(progress.rounded())
      if state.progressPercent == 100 { state.isRead = true }
    }
    if item.text("state")?.lowercased() == "archived" || item.flag("isArchived") == true {
      state.isArchived = true
    }
    return state
  }

  private static func highlights(of item: JSONText) -> [HighlightDraft] {
    (item["highlights"]?.elements ?? []).compactMap { told in
      guard let quote = told.text("quote") else { return nil }
      var highlight = HighlightDraft(quote: quote)
      highlight.note = told.text("annotation")
      highlight.createdMilliseconds = told.time("createdAt")
      return highlight
    }
  }
}
