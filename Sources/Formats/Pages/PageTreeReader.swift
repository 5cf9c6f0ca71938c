import Documents
import Files

/// Reads pages that were listed, in their order.
struct PageTreeReader: FormatReader {
  let leftOut: [FormatItem]
  let total: ReadingTotal
  private let tree: PageTree
  private let pages: PageReader
  private let encoding: TextEncoding?
  private var rest: ArraySlice<PagePath>

  init(_ tree: PageTree, _ pages: PageReader, assuming encoding: TextEncoding?) {
    self.tree = tree
    self.pages = pages
    self.encoding = encoding
    leftOut = tree.leftOut
    total = ReadingTotal(.pages, tree.pages.count)
    rest = tree.pages[...]
  }

  mutating func next() -> FormatRecord? {
    guard let path = rest.popFirst() else { return nil }
    // It is read when its turn comes, and no sooner than there is room for it.
    return FormatRecord(at: path.shown, weight: tree.length(path)) {
      [tree, pages, encoding] () throws(SkipReason) in
      try pages.draft(of: tree.read(path), assuming: encoding, at: path, images: tree.image)
    }
  }
}

extension PageReader {
  /// Opens a page, a folder of pages, or a page from standard input, which is Markdown unless it
  /// begins as a saved one.
  func reader(of input: FormatInput) throws(SkipReason) -> any FormatReader {
    let encoding = input.encoding
    switch input.source {
    case .path(let path): return PageTreeReader(try PageTree(at: path), self, assuming: encoding)
    case .standardInput:
      let bytes = try input.bytes(limit: PageFolder.fileSizeLimit)
      let page = FormatRecord(at: "standard input") { () throws(SkipReason) in
        try draft(of: bytes, assuming: encoding, at: PagePath("untitled")) { _ in nil }
      }
      return RecordList([page])
    }
  }
}

extension Format {
  /// Opens pages that were listed; nil if the format is none of pages.
  package func reader(
    of tree: PageTree, assuming encoding: TextEncoding?
  ) -> (any FormatReader)? {
    pages.map { PageTreeReader(tree, $0, assuming: encoding) }
  }
}
