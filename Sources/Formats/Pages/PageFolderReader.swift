import Documents
import Files

/// Reads the pages of a file or folder, in the byte order of their paths.
struct PageFolderReader: FormatReader {
  let leftOut: [FormatItem]
  let total: ReadingTotal
  private let folder: PageFolder
  private let pages: PageReader
  private let encoding: TextEncoding?
  private var rest: ArraySlice<PagePath>

  /// Throws if nothing lies at the path, or if the folder itself cannot be listed.
  init(
    _ path: FilePath, _ pages: PageReader, assuming encoding: TextEncoding?
  ) throws(SkipReason) {
    folder = try PageFolder(at: path)
    let listing = folder.listing()
    if let unread = listing.skipped.first(where: { $0.path.relative.isEmpty }) {
      throw unread.reason
    }
    self.pages = pages
    self.encoding = encoding
    leftOut = listing.skipped.map { FormatItem(at: $0.path.shown, $0.reason) }
    total = ReadingTotal(.pages, listing.pages.count)
    rest = listing.pages[...]
  }

  mutating func next() -> FormatRecord? {
    guard let path = rest.popFirst() else { return nil }
    return FormatRecord(at: path.shown) { [folder, pages, encoding] () throws(SkipReason) in
      try pages.draft(
        of: folder.read(path), assuming: encoding, at: path, images: folder.image)
    }
  }
}

extension PageReader {
  /// Opens a page, a folder of pages, or a page from standard input, which is named as Markdown.
  func reader(of input: FormatInput) throws(SkipReason) -> any FormatReader {
    let encoding = input.encoding
    switch input.source {
    case .path(let path): return try PageFolderReader(path, self, assuming: encoding)
    case .standardInput:
      let bytes = try PageFolder.readStandardInput()
      let page = FormatRecord(at: "standard input") { () throws(SkipReason) in
        try draft(of: bytes, assuming: encoding, at: PagePath("untitled.md")) { _ in nil }
      }
      return RecordList([page])
    }
  }
}
