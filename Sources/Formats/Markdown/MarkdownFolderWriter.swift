import Articles
import Files

/// Writes articles as a folder of Markdown pages, which ``Format/markdown`` reads back with their
/// state.
///
/// Files that are there with the same bytes are left alone; others of the same name are replaced.
struct MarkdownFolderWriter: FormatWriter {
  private(set) var leftOut: [ExportOmission] = []
  private let folder: FilePath
  /// The beginnings of ids that name pages.
  private var taken: Set<String> = []

  /// - Parameter folder: it is made if it is not there.
  init(at folder: FilePath) throws(FileError) {
    self.folder = folder
    try Folder.make(folder)
  }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    let draft = article.draft
    let stem = PageFileName.stem(draft.title, id: name(of: article.id))
    let layout = PageLayout(stem: stem, images: draft.images)
    try write(ExportedPage.bytes(of: draft, pictures: layout.pictures), to: layout.page)
    for (place, image) in layout.images {
      do throws(FileError) {
        try write(image.bytes, to: place)
      } catch {
        // Its name is the text's, and may be one that this medium refuses.
        omit(image, of: draft, because: error.reason)
      }
    }
    for image in layout.homeless {
      omit(image, of: draft, because: "its name leads to no place for it")
    }
  }

  func finish() {}
}

extension MarkdownFolderWriter {
  /// A beginning of the id that no other page was named by.
  private mutating func name(of id: ArticleID) -> String {
    let short = String(id.description.prefix(PageFileName.idLetters))
    return taken.insert(short).inserted ? short : id.description
  }

  private func write(_ bytes: [UInt8], to path: FilePath) throws(FileError) {
    let place = folder.pushing(path)
    // Whatever cannot be read, or is longer, is replaced.
    if let old = try? InputFile.contents(of: place, .found, limit: bytes.count), old == bytes {
      return
    }
    try Folder.make(place.folder)
    try OutputFile.write(bytes, to: place, .umask, .replacing)
  }

  private mutating func omit(
    _ image: ImageDraft, of draft: ArticleDraft, because reason: String
  ) {
    leftOut.append(
      ExportOmission(of: draft.title, because: "the image \(image.reference): \(reason)"))
  }
}
