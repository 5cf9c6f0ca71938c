import Articles
import Documents

/// Who wrote a list of links, as far as its words mean something of their own.
enum LinkStyle: Sendable {
  /// Netscape's bookmarks: folders are tags.
  case bookmarks
  /// Two lists, of what is unread and what was put away.
  case pocket
  /// A list for each folder, among them three that are states.
  case instapaper
}

extension LinkStyle {
  /// The article of a link.
  func draft(of entry: LinkEntry) throws(SkipReason) -> ArticleDraft {
    guard CanonicalURL.host(of: entry.url) != nil else {
      throw .notSaved(reason: "no address of the web")
    }
    var draft = ArticleDraft(title: ExportTitle.text(entry.title, url: entry.url), url: entry.url)
    draft.isRecorded = true
    draft.tags = ListText.items(of: entry.attributes["tags"] ?? "", separators: [","])
    let time = entry.attributes["add_date"] ?? entry.attributes["time_added"]
    draft.state.addedMilliseconds = time.flatMap(InstantText.milliseconds)
    draft.state.changedMilliseconds = entry.attributes["last_modified"]
      .flatMap(InstantText.milliseconds)
    if let isToRead = entry.attributes["toread"].flatMap(FlagText.flag) {
      draft.state.isRead = !isToRead
    }
    // linkding has no other place for it.
    if draft.tags.contains("linkding:archived") {
      draft.tags.removeAll { $0 == "linkding:archived" }
      draft.state.isArchived = true
    }
    draft.state.note = LinkStyle.note(entry.description)
    apply(entry, to: &draft)
    return draft
  }

  private func apply(_ entry: LinkEntry, to draft: inout ArticleDraft) {
    switch (self, entry.heading.lowercased()) {
    case (.bookmarks, _):
      for folder in entry.folders where !LinkStyle.roots.contains(folder.lowercased()) {
        draft.tag(folder)
      }
    case (.pocket, "read archive"), (.instapaper, "archive"): draft.state.putAway()
    case (.instapaper, "starred"): draft.state.isStarred = true
    case (.pocket, _), (.instapaper, "unread"), (.instapaper, "home"): break
    case (.instapaper, _): draft.tag(entry.heading)
    }
  }

  /// The lines without white space around them; linkding's notes without its marks. Nil if nothing is
  /// said.
  private static func note(_ text: String) -> String? {
    var text = text
    for mark in ["[linkding-notes]", "[/linkding-notes]"] {
      text = text.split(separator: mark, omittingEmptySubsequences: false).joined(separator: "\n")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let note = lines.map { String($0).trimmed }.joined(separator: "\n").trimmed
    return note.isEmpty ? nil : note
  }

  /// The folders that browsers make.
  private static let roots: Set<String> = [
    "bookmarks", "bookmarks bar", "bookmarks menu", "bookmarks toolbar", "favorites",
    "favourites bar", "favorites bar", "mobile bookmarks", "other bookmarks", "other favorites",
    "imported bookmarks", "reading list", "unsorted bookmarks",
  ]
}

extension ArticleDraft {
  /// Adds a tag that it does not have yet.
  mutating func tag(_ name: String) {
    if !name.isEmpty, !tags.contains(name) { tags.append(name) }
  }
}
