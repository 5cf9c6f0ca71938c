import Articles
import Documents
import Files

/// The chapters of a book, each an article.
struct EPUBChapters: FormatReader {
  let total: ReadingTotal
  private let book: EPUBBook
  private let name: String
  private let titles: [String: String]
  private var rest: ArraySlice<FilePath>
  /// What was counted of the book's files.
  private var counted: Set<String> = []
  private var number = 0

  /// - Parameter name: as people are shown it.
  init(_ book: EPUBBook, named name: String) {
    (self.book, self.name) = (book, name)
    titles = book.contents?.titles ?? [:]
    rest = book.chapters[...]
    total = ReadingTotal(.bytes, book.length)
  }

  mutating func next() -> FormatRecord? {
    guard let place = rest.popFirst() else { return nil }
    number += 1
    let shown = "\(name), chapter \(number)"
    do throws(SkipReason) {
      // An archive is read by one at a time.
      let (chapter, files) = try book.chapter(at: place)
      var bytes = share(at: place)
      for file in files { bytes += share(at: file) }
      let number = number
      return FormatRecord(at: shown, share: bytes) {
        [isContents = place == book.contentsPlace, title = titles[place.text]]
        () throws(SkipReason) in
        if isContents { throw .notSaved(reason: "the book's contents") }
        return try EPUBChapters.draft(of: chapter, titled: title, number)
      }
    } catch {
      return FormatRecord(at: shown, share: share(at: place), error)
    }
  }
}

extension EPUBChapters {
  /// - Parameter title: what the contents call it.
  private static func draft(
    of chapter: ArticleDraft, titled title: String?, _ number: Int
  ) throws(SkipReason) -> ArticleDraft {
    let text = PlainText.text(reading: chapter.body, as: .html)
    let hasWords = text.contains { $0.isLetter || $0.isNumber }
    guard hasWords || !chapter.images.isEmpty || !chapter.storedImages.isEmpty else {
      throw .empty
    }
    var draft = chapter
    let book = chapter.title
    draft.site = book.isEmpty ? nil : book
    draft.title =
      title ?? heading(in: draft.body) ?? (book.isEmpty ? "\(number)" : "\(book), \(number)")
    // Those of the book are of no chapter.
    (draft.url, draft.summary) = (nil, nil)
    return draft
  }

  /// The text of the first heading that has one.
  private static func heading(in body: [UInt8]) -> String? {
    var text: [UInt8]?
    for token in HTMLTokenizer(body[...]) {
      switch token {
      case .startTag(let tag) where isHeading(tag): text = []
      case .text(let range):
        if var words = text {
          HTMLCharacterReferences.append(body[range], to: &words, in: .text)
          text = words
        }
      case .endTag(let tag) where isHeading(tag):
        if let title = text.flatMap({ $0[...].asTitle }) { return title }
        text = nil
      default: break
      }
    }
    return nil
  }

  private static func isHeading(_ tag: HTMLTag) -> Bool {
    ["h1", "h2", "h3", "h4", "h5", "h6"].contains(tag.name)
  }

  /// Of a file that was not counted before, its length.
  private mutating func share(at place: FilePath) -> Int {
    counted.insert(place.text).inserted ? book.length(at: place) : 0
  }
}
