import Articles
import Documents
import Files

/// Turns the bytes of a page into an article, without touching any file itself.
package struct PageReader: Sendable {
  private let markdown: Markdown

  /// Reads a page whose name is that of Markdown: only there do formats of pages differ.
  typealias Markdown = @Sendable ([UInt8], PagePath) throws(SkipReason) -> PageContent

  init(markdown: @escaping Markdown) {
    self.markdown = markdown
  }

  /// The article in `bytes`.
  ///
  /// - Parameters:
  ///   - path: where the page lies; it gives the channel, the fallback title and the place that
  ///     relative images are resolved against.
  ///   - images: the bytes of the image at a path below the imported folder, nil if there is none.
  package func draft(
    of bytes: [UInt8], at path: PagePath, images: (FilePath) -> [UInt8]?
  ) throws(SkipReason) -> ArticleDraft {
    try PageText.check(bytes)
    let content = try content(of: bytes, at: path)
    var draft = content.draft
    draft.images = RelativeImages.load(content.imageReferences, at: path, using: images)
    // What a library wrote is the article itself, and not what somebody read.
    if !ExportedPage.mayBe(bytes) {
      draft.source = SourceDraft(bytes: bytes, reader: ReaderVersion.current)
    }
    return draft
  }
}

extension PageReader {
  private func content(of bytes: [UInt8], at path: PagePath) throws(SkipReason) -> PageContent {
    switch path.kind ?? .markdown {
    case .markdown: try markdown(bytes, path)
    case .html: PageContent(try html(bytes, path))
    case .text: PageContent(TextPage.draft(of: bytes, at: path))
    }
  }
}

extension PageReader {
  private func html(_ bytes: [UInt8], _ path: PagePath) throws(SkipReason) -> ArticleDraft {
    let head = Array(bytes.prefix(FormatSample.length))
    if let format = UnreadFormat(of: FormatSample(name: path.name, head: head)) {
      throw format.skipReason
    }
    return HTMLPage.draft(of: bytes, at: path)
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
