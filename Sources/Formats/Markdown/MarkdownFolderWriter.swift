import Articles
import Files

/// Writes articles as a folder of Markdown pages, which ``Format/markdown`` reads back with their
/// state.
///
/// Files that are there with the same bytes are left alone, and so are those that others changed.
struct MarkdownFolderWriter: FormatWriter {
  private var folder: ExportFolder
  private var omitted: [ExportOmission] = []
  /// The beginnings of ids that name pages.
  private var taken: Set<String> = []

  /// - Parameter folder: it is made if it is not there.
  init(at folder: FilePath) throws(FileError) {
    self.folder = try ExportFolder(at: folder, format: "markdown")
  }

  var tally: ExportTally { folder.tally }
  var leftOut: [ExportOmission] { omitted + folder.leftOut }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    let draft = article.draft
    let stem = PageFileName.stem(draft.title, id: name(of: article.id))
    let layout = PageLayout(stem: stem, images: draft.images)
    try folder.write(
      ExportedPage.bytes(of: draft, pictures: layout.pictures), to: layout.page, of: draft.title)
    for (place, image) in layout.images {
      do throws(FileError) {
        try folder.write(image.bytes, to: place, of: draft.title)
      } catch {
        // Its name is the text's, and may be one that this medium refuses.
        omit(image, of: draft, because: error.reason)
      }
    }
    for image in layout.homeless {
      omit(image, of: draft, because: "its name leads to no place for it")
    }
  }

  mutating func finish() throws(FileError) { try folder.finish() }

  mutating func giveUp() { folder.giveUp() }
}

extension MarkdownFolderWriter {
  /// A beginning of the id that no other page was named by.
  private mutating func name(of id: ArticleID) -> String {
    let short = String(id.description.prefix(PageFileName.idLetters))
    return taken.insert(short).inserted ? short : id.description
  }

  private mutating func omit(
    _ image: ImageDraft, of draft: ArticleDraft, because reason: String
  ) {
    omitted.append(
      ExportOmission(of: draft.title, because: "the image \(image.reference): \(reason)"))
  }
}
