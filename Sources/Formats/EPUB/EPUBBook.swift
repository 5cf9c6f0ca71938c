import Articles
import Documents
import Files

/// A book whose files lie in an archive.
struct EPUBBook {
  private let files: [String: ExportFile]
  private let package: EPUBPackage
  /// The folder of the package, from which chapters are named.
  private let folder: PagePath

  /// A container, a package or the like is no longer.
  private static let packageBytes = 4 << 20

  private let shelf: PictureShelf

  /// Throws for an archive that is no book.
  init(_ input: FormatInput) throws(SkipReason) {
    let files = try ExportFiles(input).files
    shelf = PictureShelf(input)
    self.files = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
    let container = try EPUBBook.contents(of: "META-INF/container.xml", in: self.files)
    guard let place = EPUBPackage.place(in: container) else {
      throw .archive(reason: "it is no book: its container names no package")
    }
    package = EPUBPackage(try EPUBBook.contents(of: place, in: self.files))
    folder = PagePath(FilePath(place))
    guard !package.chapters.isEmpty else {
      throw .archive(reason: "it is no book: it has no chapters")
    }
  }

  /// Where its chapters lie, in reading order.
  var chapters: [FilePath] { package.chapters.compactMap(folder.resolve) }

  /// Where its table of contents lies.
  var contentsPlace: FilePath? { package.contents.flatMap(folder.resolve) }

  /// Its table of contents; nil where it has none that can be read.
  var contents: EPUBContents? {
    guard let place = contentsPlace,
      let bytes = try? EPUBBook.contents(of: place.text, in: files)
    else { return nil }
    return EPUBContents(bytes, at: place)
  }

  /// How many bytes its chapters and pictures have.
  var length: Int {
    let chapters = Set(chapters.map(\.text))
    return files.values.reduce(0) { sum, file in
      let isRead = chapters.contains(file.name) || ImageKind.isImage(fileName: file.name)
      return sum + (isRead ? file.length : 0)
    }
  }

  func length(at place: FilePath) -> Int { files[place.text]?.length ?? 0 }

  /// All of it as one article.
  func draft() throws(SkipReason) -> ArticleDraft {
    var draft = about
    var pictures = BookPictures(of: shelf)
    for chapter in chapters {
      let (body, _) = try part(at: chapter, &pictures)
      guard draft.body.count + body.count <= PageFolder.fileSizeLimit else {
        throw .tooLarge(limit: PageFolder.fileSizeLimit)
      }
      draft.body += body + [0x0A]
    }
    (draft.images, draft.storedImages) = (pictures.held, pictures.stored)
    return draft
  }

  /// A chapter alone, and where the pictures lie that it shows.
  func chapter(at place: FilePath) throws(SkipReason) -> (draft: ArticleDraft, files: [FilePath]) {
    var draft = about
    var pictures = BookPictures(of: shelf)
    let (body, files) = try part(at: place, &pictures)
    draft.body = body
    (draft.images, draft.storedImages) = (pictures.held, pictures.stored)
    return (draft, files)
  }

  /// What it says of itself.
  var about: ArticleDraft {
    var draft = ArticleDraft(
      title: package.texts("dc:title").first ?? "", format: .html, body: [])
    draft.isRecorded = true
    let names = package.texts("dc:creator")
    draft.author = names.isEmpty ? nil : names.joined(separator: ", ")
    draft.language = package.texts("dc:language").first
    draft.published =
      package.texts("dc:date").lazy
      .compactMap { DateText.normalized(Array($0.utf8)[...]) }.first
    draft.summary = package.texts("dc:description").first.map {
      PlainText.text(reading: Array($0.utf8), as: .html).singleLine
    }
    draft.tags = package.texts("dc:subject")
    draft.url = package.texts("dc:source").first { CanonicalURL.host(of: $0) != nil }
    return draft
  }
}

extension EPUBBook {
  /// A chapter as HTML, and where the pictures lie that it shows and no one took before.
  private func part(
    at place: FilePath, _ pictures: inout BookPictures
  ) throws(SkipReason) -> (body: [UInt8], files: [FilePath]) {
    let bytes = try EPUBBook.contents(of: place.text, in: files, limit: PageFolder.fileSizeLimit)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .archive(reason: "\(place.shown) in it is no text; the book may be encrypted")
    }
    let text = ArticleDraft(title: "", format: .html, body: XHTMLBody.html(of: bytes))
    var found: [FilePath] = []
    for reference in RelativeImages.references(in: text) where !pictures.hold(reference) {
      // A picture that is missing or too large is left out; the text that names it counts.
      guard let path = PagePath(place).resolve(reference),
        let bytes = try? files[path.text]?.contents(limit: PageFolder.fileSizeLimit)
      else { continue }
      pictures.take(bytes, reference, at: path)
      found.append(path)
    }
    return (text.body, found)
  }

  private static func contents(
    of name: String, in files: [String: ExportFile], limit: Int = packageBytes
  ) throws(SkipReason) -> [UInt8] {
    guard let file = files[name] else {
      throw .archive(reason: "it is no whole book: \(name) is missing")
    }
    return try file.contents(limit: limit)
  }
}
