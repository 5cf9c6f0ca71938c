import Articles
import Documents

extension TableColumns {
  /// The article of a row.
  func draft(of cells: [String]) throws(SkipReason) -> ArticleDraft {
    if cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { throw .empty }
    func cell(_ column: ImportColumn) -> String? { text(column, in: cells) }
    var draft = ArticleDraft(title: "", url: cell(.url) ?? "")
    draft.isRecorded = true
    draft.title = ExportTitle.text(cell(.title), url: draft.url)
    if let text = cell(.text) {
      draft.body = Array(text.utf8)
      draft.format = text.hasPrefix("<") ? .html : .text
    }
    draft.author = cell(.author)?.singleLine
    draft.site = cell(.site)?.singleLine
    draft.summary = cell(.summary)?.singleLine
    draft.published = cell(.published).flatMap { DateText.normalized(Array($0.utf8)[...]) }
    draft.language = cell(.language)
    draft.tags = cell(.tags).map { ListText.items(of: $0, separators: profile.tagSeparators) } ?? []
    draft.state.note = cell(.note)
    draft.state.addedMilliseconds = cell(.added).flatMap(InstantText.milliseconds)
    draft.state.highlights = cell(.highlights).map(PassageText.highlights) ?? []
    try mark(&draft, cell)
    return draft
  }
}

extension TableColumns {
  private func mark(
    _ draft: inout ArticleDraft, _ cell: (ImportColumn) -> String?
  ) throws(SkipReason) {
    draft.state.isRead = cell(.read).flatMap(FlagText.flag)
    if let isUnread = cell(.unread).flatMap(FlagText.flag) { draft.state.isRead = !isUnread }
    draft.state.isStarred = cell(.starred).flatMap(FlagText.flag)
    draft.state.isArchived = cell(.archived).flatMap(FlagText.flag)
    draft.state.rating = cell(.rating).flatMap { Int($0) }
    if let progress = cell(.progress).flatMap(percent) {
      draft.state.progressPercent = progress
      if progress == 100, draft.state.isRead == nil { draft.state.isRead = true }
    }
    switch cell(.status)?.lowercased() {
    case "archive", "archived": draft.state.putAway()
    case "read": draft.state.isRead = true
    case "feed" where profile == .readwise:
      throw .notSaved(reason: "an entry of a feed that nobody saved")
    default: break
    }
    guard let folder = cell(.folder) else { return }
    switch (profile, folder.lowercased()) {
    case (.instapaper, "archive"): draft.state.putAway()
    case (.instapaper, "starred"): draft.state.isStarred = true
    default: draft.tags += folders(folder).filter { !draft.tags.contains($0) }
    }
  }

  private func folders(_ text: String) -> [String] {
    ListText.items(of: text, separators: ["/"]).filter {
      !profile.commonFolders.contains($0.lowercased())
    }
  }

  /// A share up to 1, or a percentage with its sign or above 1.
  private func percent(_ text: String) -> Int? {
    let isPercent = text.hasSuffix("%")
    guard let number = Double(isPercent ? text.dropLast().description.trimmed : text),
      number >= 0, number <= 100
    else { return nil }
    return Int(((isPercent || number > 1 ? number : number * 100)).rounded())
  }
}

extension DraftState {
  /// Read and put away, which services that know one word for both mean by it.
  mutating func putAway() {
    isArchived = true
    isRead = true
  }
}
