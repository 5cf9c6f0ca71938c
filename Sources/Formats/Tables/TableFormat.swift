import Files

extension Format {
  /// Tables of addresses, told by the names of their columns.
  public static let csv = Format(
    name: "csv",
    contents: "a table of addresses, as Instapaper, Readwise Reader and Raindrop export it",
    treatment: "finds its columns by their names, or by --column url=NAME",
    extensions: ["csv", "tsv"],
    reader: { (input) throws(SkipReason) in try TableRecords(input) },
    isLike: { sample in
      guard !sample.isFolder else { return false }
      if ["csv", "tsv"].contains(where: { sample.name.lowercased().hasSuffix(".\($0)") }) {
        return true
      }
      return (sample.start?.table ?? .other) != .other
    })
}

extension TableProfile {
  /// - Parameter head: the first bytes of a file.
  init(head: ArraySlice<UInt8>) {
    let line = head.prefix { $0 != 0x0A && $0 != 0x0D }
    // A first line without a separator, or too long for names, is none of a table.
    guard line.count < FormatSample.length / 2, line.contains(where: { ",;\t".utf8.contains($0) })
    else {
      self = .other
      return
    }
    let reader = try? TableReader(MemorySource(Array(line)))
    self.init(header: reader?.header ?? [])
  }
}

/// The articles of a table, row by row.
struct TableRecords: FormatReader {
  let total: ReadingTotal
  private let name: String
  private let columns: TableColumns
  private var rows: TableReader?

  /// Throws if the table has no row, or no column of addresses.
  init(_ input: FormatInput) throws(SkipReason) {
    try input.checkIsText()
    try self.init(input.text(), named: input.name, columns: input.columns)
  }

  /// - Parameters:
  ///   - name: as people are shown it.
  ///   - columns: the names of those whose meaning the caller says.
  init(
    _ source: any ByteSource, named name: String, columns: [ImportColumn: String] = [:]
  ) throws(SkipReason) {
    let rows = try TableReader(source)
    self.columns = try TableColumns(rows.header, named: columns)
    (self.rows, self.name, total) = (rows, name, ReadingTotal(.bytes, source.length))
  }

  mutating func next() -> FormatRecord? {
    do throws(SkipReason) {
      guard let row = try rows?.next() else { return nil }
      return FormatRecord(at: "\(name), line \(row.line)", share: row.length) {
        [columns] () throws(SkipReason) in try columns.draft(of: row.cells.get())
      }
    } catch {
      // The rest of the file is lost.
      rows = nil
      return FormatRecord(at: name, share: 0, error)
    }
  }
}
