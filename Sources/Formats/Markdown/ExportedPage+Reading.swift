import Articles
import Documents

extension ExportedPage {
  /// Whether a library may have written the page: false only where none did.
  static func mayBe(_ page: [UInt8]) -> Bool {
    let page = page[...].withoutByteOrderMark
    return page.hasPrefix("---") && page.contains("satchel:")
  }

  /// The article of an exported page; nil if the page is another one. Throws `empty` if there is
  /// neither a text below the front matter nor an address in it.
  static func draft(
    in page: ArraySlice<UInt8>, below matter: FrontMatter, at path: PagePath
  ) throws(SkipReason) -> ArticleDraft? {
    guard matter.syntax == .yaml, page[..<matter.end].contains("satchel:") else { return nil }
    let properties = Properties(matter.properties)
    guard properties[.satchel] == version else { return nil }
    let (text, section) = split(page[matter.end...])
    let body = text.isBlank ? [] : text
    if body.isEmpty, properties[.source] == nil { throw .empty }
    // A text in a format of later versions is shown as it is.
    let format = properties[.format].map { BodyFormat(rawValue: $0) ?? .text } ?? .markdown
    let title = properties.title ?? MarkdownTitle.find(in: body) ?? path.stem
    var draft = ArticleDraft(title: title, format: format, body: Array(body))
    properties.describe(&draft)
    draft.state = properties.state
    draft.state.highlights = section.map { highlights(in: $0) } ?? []
    return draft
  }

  /// Where the pictures lie that the text of an exported page names by an address; none in any other
  /// page.
  static func pictures(in page: [UInt8]) -> [PlacedPicture] {
    guard let matter = FrontMatter(startOf: page[...].withoutByteOrderMark), matter.syntax == .yaml
    else { return [] }
    let properties = Properties(matter.properties)
    return properties[.satchel] == version ? properties.pictures : []
  }
}

extension ExportedPage {
  /// The front matter of an exported page, which its reader may have edited.
  private struct Properties {
    private let values: FrontMatterProperties

    init(_ values: FrontMatterProperties) {
      self.values = values
    }

    subscript(property: Property) -> String? { values[property.rawValue]?.first }

    /// Nil where none is set: one that is set and empty is empty.
    var title: String? { values[Property.title.rawValue].map { $0.first ?? "" } }

    func describe(_ draft: inout ArticleDraft) {
      draft.url = self[.source]
      draft.author = self[.author]
      draft.editor = self[.editor]
      draft.site = self[.site] ?? site(of: draft.url)
      draft.published = self[.published].map { DateText.normalized(Array($0.utf8)[...]) ?? $0 }
      draft.language = self[.language]
      draft.summary = self[.description]
      draft.tags = values[Property.tags.rawValue] ?? []
    }

    var pictures: [PlacedPicture] {
      (values[Property.pictures.rawValue] ?? []).compactMap(PlacedPicture.init)
    }

    var state: DraftState {
      var state = DraftState()
      state.isRead = self[.read].flatMap(Bool.init)
      state.isStarred = self[.starred].flatMap(Bool.init)
      state.isArchived = self[.archived].flatMap(Bool.init)
      state.progressPercent = self[.progress].flatMap { Int($0) }
      state.rating = self[.rating].flatMap { Int($0) }
      state.note = self[.note]
      state.addedMilliseconds = self[.created].flatMap(InstantText.milliseconds)
      return state
    }
  }
}
