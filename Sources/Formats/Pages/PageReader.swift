import Articles
import Documents
import Files

/// Turns the bytes of a page into an article, without touching any file itself.
package struct PageReader: Sendable {
  private let markdown: Markdown
  /// How many bytes the text of a page may have, its pictures taken out.
  package var textLimit = PageFolder.fileSizeLimit

  /// Reads a page whose name is that of Markdown: only there do formats of pages differ.
  typealias Markdown = @Sendable ([UInt8], PagePath) throws(SkipReason) -> PageContent

  init(markdown: @escaping Markdown) {
    self.markdown = markdown
  }

  /// How many places of images are remembered of a page.
  private static let maximumPlaces = 1_024

  /// The article in `bytes`.
  ///
  /// - Parameters:
  ///   - encoding: how the bytes are read if they say nothing of it themselves; nil for UTF-8.
  ///   - path: where the page lies; it gives the channel, the fallback title and the place that
  ///     relative images are resolved against.
  ///   - images: the bytes of the image at a path below the imported folder, nil if there is none.
  package func draft(
    of bytes: [UInt8], assuming encoding: TextEncoding? = nil, at path: PagePath,
    images: (FilePath) -> [UInt8]?
  ) throws(SkipReason) -> ArticleDraft {
    let kind = PageKind(of: bytes, named: path)
    let page = try PageReader.opened(bytes, as: kind, assuming: encoding)
    guard page.text.count <= textLimit else { throw .tooLarge(limit: textLimit) }
    let content = try content(of: page, kind, at: path)
    var draft = content.draft
    var places: Set<String> = []
    draft.images = page.images
    draft.images += RelativeImages.load(content.imageReferences, at: path) { place in
      if places.count < PageReader.maximumPlaces, PagePath(place).isImage {
        places.insert(place.shown)
      }
      return images(place)
    }
    draft.imagePlaces = places.sorted()
    // What a library wrote is the article itself, and not what somebody read.
    if ExportedPage.mayBe(bytes) {
      draft.images += RelativeImages.load(
        ExportedPage.pictures(in: page.text), at: path, using: images)
    } else {
      draft.source = SourceDraft(bytes: bytes, reader: ReaderVersion.current)
    }
    return draft
  }
}

extension PageReader {
  private static func opened(
    _ bytes: [UInt8], as kind: PageKind, assuming encoding: TextEncoding?
  ) throws(SkipReason) -> OpenedPage {
    if kind == .mhtml { return try MHTMLFile(bytes).page(assuming: encoding) }
    let text = try PageText.decoded(bytes, of: kind, assuming: encoding)
    guard kind == .html else { return OpenedPage(text: text) }
    let (page, images) = EmbeddedImages.taken(outOf: text)
    return OpenedPage(text: page, images: images)
  }

  private func content(
    of page: OpenedPage, _ kind: PageKind, at path: PagePath
  ) throws(SkipReason) -> PageContent {
    switch kind {
    case .markdown: try markdown(page.text, path)
    case .html: PageContent(try html(page, path))
    case .mhtml: PageContent(HTMLPage.draft(of: page.text, at: path, page.envelope))
    case .text: PageContent(TextPage.draft(of: page.text, at: path))
    }
  }

  private func html(_ page: OpenedPage, _ path: PagePath) throws(SkipReason) -> ArticleDraft {
    let head = Array(page.text.prefix(FormatSample.length))
    if let format = Format.ownFile(FormatSample(name: path.name, head: head)) {
      throw .ofItsOwn(format: format.name)
    }
    return HTMLPage.draft(of: page.text, at: path)
  }
}

/// An article before its images are loaded.
struct PageContent {
  let draft: ArticleDraft
  /// The images its body names, as written.
  let imageReferences: [String]
}

extension PageContent {
  /// Looks for the images in the draft's body.
  init(_ draft: ArticleDraft) {
    self.init(draft: draft, imageReferences: RelativeImages.references(in: draft))
  }
}
