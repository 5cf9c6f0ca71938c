import Articles
import Documents
import Files
import Replication

/// Writes articles as a book (EPUB 3.3, with the contents of EPUB 2 for older readers): a chapter an
/// article, in the order of the export.
struct EPUBWriter: FormatWriter {
  private(set) var leftOut: [ExportOmission] = []
  private let target: ExportTarget
  private var zip: ZipOutput
  private var book: WrittenBook

  init(to target: ExportTarget) throws(FileError) {
    self.target = target
    book = WrittenBook(target)
    zip = ZipOutput(try WrittenFile(target))
    // It is looked for at this very place.
    try zip.add(
      Array("application/epub+zip".utf8), as: "mimetype", isStored: true, to: target.path)
    try add(WrittenBook.container, as: "META-INF/container.xml")
    try add(WrittenBook.style, as: "OEBPS/style.css")
  }

  var tally: ExportTally { zip.tally }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    guard zip.count < EPUBWriter.mostFiles else {
      leftOut.append(ExportOmission(of: article.draft.title, because: "the book is full"))
      return
    }
    let pictures = try pictures(of: article)
    let chapter = EPUBChapter(article, number: book.chapters.count + 1)
    try add(chapter.page { pictures[$0] }, as: "OEBPS/\(chapter.file)")
    let entry = SiteEntry(article)
    book.chapters.append(
      BookChapter(
        file: chapter.file, title: chapter.title, month: entry.month, site: entry.site))
    if book.language == nil { book.language = chapter.language }
  }

  mutating func finish() throws(FileError) {
    try add(book.navigation, as: "OEBPS/nav.xhtml")
    try add(book.contents, as: "OEBPS/toc.ncx")
    try add(book.package, as: "OEBPS/content.opf")
    try zip.finish()
  }

  /// What stands behind the last chapter needs room.
  private static let mostFiles = ZipOutput.mostFiles - 8
}

extension EPUBWriter {
  private mutating func add(_ text: String, as name: String) throws(FileError) {
    try zip.add(Array(text.utf8), as: name, to: target.path)
  }

  /// Where the article's pictures lie, by the references in its text.
  private mutating func pictures(
    of article: ExportedArticle
  ) throws(FileError) -> [String: String] {
    var places: [String: String] = [:]
    for image in article.draft.images {
      guard let kind = PictureKind.shownInBooks(image.bytes), zip.count < EPUBWriter.mostFiles
      else {
        let reason =
          zip.count < EPUBWriter.mostFiles
          ? "books hold no picture of its kind" : "the book is full"
        leftOut.append(
          ExportOmission(
            of: article.draft.title, because: "the image \(image.reference): \(reason)"))
        continue
      }
      let name = "i\(book.pictures.count + 1).\(kind.ending)"
      try zip.add(image.bytes, as: "OEBPS/\(name)", isStored: true, to: target.path)
      book.pictures.append((name, kind.mediaType))
      places[image.reference] = name
    }
    return places
  }
}
