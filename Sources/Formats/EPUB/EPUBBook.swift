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

  /// Throws for an archive that is no book.
  init(_ files: [ExportFile]) throws(SkipReason) {
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

  /// All of it as one article.
  func draft() throws(SkipReason) -> ArticleDraft {
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
    for chapter in package.chapters { try append(chapter, to: &draft) }
    return draft
  }
}

extension EPUBBook {
  private func append(_ chapter: String, to draft: inout ArticleDraft) throws(SkipReason) {
    guard let place = folder.resolve(chapter) else { return }
    let bytes = try EPUBBook.contents(
      of: place.text, in: files, limit: PageFolder.fileSizeLimit)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .archive(reason: "\(place.shown) in it is no text; the book may be encrypted")
    }
    var part = ArticleDraft(title: "", format: .html, body: XHTMLBody.html(of: bytes))
    part.images = []
    guard draft.body.count + part.body.count <= PageFolder.fileSizeLimit else {
      throw .tooLarge(limit: PageFolder.fileSizeLimit)
    }
    draft.body += part.body + [0x0A]
    let taken = Set(draft.images.map(\.reference))
    let references = RelativeImages.references(in: part).filter { !taken.contains($0) }
    draft.images += RelativeImages.load(references, at: PagePath(place)) { path in
      // A picture that is missing or too large is left out; the text that names it counts.
      try? files[path.text]?.contents(limit: PageFolder.fileSizeLimit)
    }
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
