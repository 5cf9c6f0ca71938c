import Articles
import Documents

extension ExportedPage {
  /// The page of an article. What says nothing is left out: no tags, not read, no stars.
  ///
  /// - Parameter pictures: those that the text names by an address.
  static func bytes(of draft: ArticleDraft, pictures: [PlacedPicture] = []) -> [UInt8] {
    var lines = ["---"]
    for property in Property.allCases {
      lines +=
        property == .pictures
        ? list(property, of: pictures.map(\.text)) : written(property, of: draft)
    }
    lines.append("---\n")
    return Array(lines.joined(separator: "\n").utf8) + draft.body + section(of: draft)
  }
}

extension ExportedPage {
  private static func written(_ property: Property, of draft: ArticleDraft) -> [String] {
    if property == .tags { return list(property, of: draft.tags) }
    return value(property, of: draft).map { ["\(property): \($0)"] } ?? []
  }

  private static func list(_ property: Property, of texts: [String]) -> [String] {
    texts.isEmpty ? [] : ["\(property):"] + texts.map { "  - \($0.quotedForYAML)" }
  }

  /// The value as it stands in the page; nil if there is none, or one that is not worth a line.
  private static func value(_ property: Property, of draft: ArticleDraft) -> String? {
    switch property {
    case .title: draft.title.quotedForYAML
    case .source: draft.url?.quotedForYAML
    case .author: draft.author?.quotedForYAML
    case .editor: draft.editor?.quotedForYAML
    case .site: draft.site == site(of: draft.url) ? nil : draft.site?.quotedForYAML
    case .published: draft.published.map { isDate($0) ? $0 : $0.quotedForYAML }
    case .language: draft.language?.quotedForYAML
    case .description: draft.summary?.quotedForYAML
    case .format: draft.format == .markdown ? nil : draft.format.rawValue
    case .tags, .pictures: nil
    case .satchel: version
    case .created, .read, .starred, .archived, .progress, .rating, .note:
      value(property, of: draft.state)
    }
  }

  private static func value(_ property: Property, of state: DraftState) -> String? {
    switch property {
    case .created: state.addedMilliseconds.flatMap(InstantText.text)
    case .read: state.isRead == true ? "true" : nil
    case .starred: state.isStarred == true ? "true" : nil
    case .archived: state.isArchived == true ? "true" : nil
    case .progress: state.progressPercent.flatMap { $0 > 0 ? "\($0)" : nil }
    case .rating: state.rating.flatMap { $0 > 0 ? "\($0)" : nil }
    case .note: state.note?.quotedForYAML
    default: nil
    }
  }

  /// Whether the text needs no quotes, so that other programs take it for a date.
  private static func isDate(_ text: String) -> Bool {
    DateText.normalized(Array(text.utf8)[...]) == text
  }
}
