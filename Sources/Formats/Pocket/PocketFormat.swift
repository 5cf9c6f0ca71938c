import Files

extension Format {
  /// What Pocket exported: tables, in an archive or not, or the list of links before that.
  public static let pocket = Format(
    name: "pocket",
    contents: "what Pocket exported: its archive, a table of that, or the older list in HTML",
    treatment: "keeps tags, times and what was archived", extensions: ["zip", "csv", "html"],
    reader: { (input) throws(SkipReason) -> any FormatReader in
      if try input.isArchive() { return try PocketArchive.reader(of: input) }
      guard input.sample.start?.isPocketList == true else { return try TableRecords(input) }
      return LinkRecords(try input.text(declaredByHTML: true), named: input.name, .pocket)
    },
    isLike: { sample in
      sample.start?.isPocketList == true || sample.start?.table == .pocket
        || sample.start?.holdsFile("part_000") == true
    })
}

/// The tables of Pocket's archive, `part_000000.csv` and so on.
enum PocketArchive {
  static func reader(of input: FormatInput) throws(SkipReason) -> any FormatReader {
    let export = try ExportFiles(input)
    let tables = export.files.filter { $0.name.lowercased().hasSuffix(".csv") }
      .sorted { $0.name < $1.name }
    guard !tables.isEmpty else { throw .archive(reason: "there is no table (.csv) in it") }
    return ReaderChain(tables, leftOut: export.leftOut) { (file) throws(SkipReason) in
      let name = "\(input.name), \(file.name)"
      return try TableRecords(file.open().withoutByteOrderMark(), named: name)
    }
  }
}
