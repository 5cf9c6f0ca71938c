import Articles
import Documents

/// Omnivore's archive: `metadata_0_to_20.json` and so on, and for each item there its text and its
/// highlights in files that are named by it.
enum OmnivoreArchive {
  static func reader(of input: FormatInput) throws(SkipReason) -> any FormatReader {
    let export = try ExportFiles(input)
    let metadata = export.files.filter { isMetadata($0.lastName) }
    guard !metadata.isEmpty else {
      throw .archive(reason: "there is no file metadata_0_to_20.json or the like in it")
    }
    let parts = OmnivoreParts(export.files)
    return ReaderChain(metadata, besides: parts.length, leftOut: export.leftOut) {
      (file) throws(SkipReason) in
      OmnivoreRecords(
        JSONRecords(try file.open().withoutByteOrderMark()), length: file.length, parts,
        named: "\(input.name), \(file.name)")
    }
  }

  static func isMetadata(_ name: String) -> Bool {
    name.hasPrefix("metadata_") && name.hasSuffix(".json")
  }
}

/// The texts and highlights of an archive, by the items' names.
struct OmnivoreParts {
  private var texts: [String: ExportFile] = [:]
  private var highlights: [String: ExportFile] = [:]

  /// A name may stand there twice: the longer one is whole.
  init(_ files: [ExportFile]) {
    for file in files {
      let parts = file.name.split(separator: "/").suffix(2).map(String.init)
      guard parts.count == 2 else { continue }
      switch (parts[0], parts[1]) {
      case ("content", let name) where name.hasSuffix(".html"):
        OmnivoreParts.keep(file, as: String(name.dropLast(5)), in: &texts)
      case ("highlights", let name) where name.hasSuffix(".md"):
        OmnivoreParts.keep(file, as: String(name.dropLast(3)), in: &highlights)
      default: break
      }
    }
  }

  private static func keep(
    _ file: ExportFile, as slug: String, in files: inout [String: ExportFile]
  ) {
    if let other = files[slug], other.length >= file.length { return }
    files[slug] = file
  }

  /// Of all of them, in bytes.
  var length: Int {
    (Array(texts.values) + highlights.values).reduce(0) { $0 + $1.length }
  }

  /// How many bytes there are of an item.
  func length(of slug: String) -> Int {
    (texts[slug]?.length ?? 0) + (highlights[slug]?.length ?? 0)
  }

  /// The text of an item; nil where there is none.
  func text(of slug: String) throws(SkipReason) -> [UInt8]? {
    try texts[slug]?.contents(limit: PageFolder.fileSizeLimit)
  }

  func highlights(of slug: String) throws(SkipReason) -> [HighlightDraft] {
    guard let file = highlights[slug] else { return [] }
    let bytes = try file.contents(limit: PageFolder.fileSizeLimit)
    return OmnivoreHighlights.highlights(in: String(decoding: bytes, as: UTF8.self))
  }
}

/// The items of one of the files of metadata.
struct OmnivoreRecords: FormatReader {
  let total: ReadingTotal
  private var records: JSONRecords?
  private let parts: OmnivoreParts
  private let name: String
  private var number = 0

  init(_ records: JSONRecords, length: Int, _ parts: OmnivoreParts, named name: String) {
    (self.records, self.parts, self.name) = (records, parts, name)
    total = ReadingTotal(.bytes, length)
  }

  mutating func next() -> FormatRecord? {
    var place = name
    var share = 0
    do throws(SkipReason) {
      guard let record = try records?.next() else { return nil }
      number += 1
      (place, share) = ("\(name), record \(number)", record.length)
      let item = try JSONArticles.object(record)
      guard let slug = item.text("slug") else { throw .notJSON }
      share += parts.length(of: slug)
      // An archive is read by one at a time.
      let text = try parts.text(of: slug)
      let highlights = try parts.highlights(of: slug)
      return FormatRecord(at: place, share: share) { () throws(SkipReason) in
        OmnivoreItem.draft(of: item, text: text, highlights: highlights)
      }
    } catch {
      // Nothing but a stream that broke has no place of its own.
      if place == name { records = nil }
      return FormatRecord(at: place, share: share, error)
    }
  }
}
