/// Several files of one export, one after the other; each is opened when its turn comes.
struct ReaderChain: FormatReader {
  let leftOut: [FormatItem]
  let total: ReadingTotal
  private var rest: ArraySlice<ExportFile>
  private let open: Opening
  private var reader: (any FormatReader)?

  typealias Opening = (ExportFile) throws(SkipReason) -> any FormatReader

  /// - Parameters:
  ///   - others: how many bytes are read beside those of the files themselves.
  ///   - leftOut: what is not read, and why.
  ///   - open: makes a reader of one of the files.
  init(
    _ files: [ExportFile], besides others: Int = 0, leftOut: [FormatItem],
    open: @escaping Opening
  ) {
    (rest, self.leftOut, self.open) = (files[...], leftOut, open)
    total = ReadingTotal(.bytes, files.reduce(others) { $0 + $1.length })
  }

  mutating func next() -> FormatRecord? {
    while true {
      if let record = reader?.next() { return record }
      guard let file = rest.popFirst() else { return nil }
      do throws(SkipReason) {
        reader = try open(file)
      } catch {
        return FormatRecord(at: file.name, share: 0, error)
      }
    }
  }
}
