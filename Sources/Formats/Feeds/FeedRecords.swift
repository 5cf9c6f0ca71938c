/// The articles of a feed in XML, entry by entry.
struct FeedRecords: FormatReader {
  let total: ReadingTotal
  private let name: String
  private var segments: MarkupSegments?
  private var language: String?
  private var isBegun = false

  /// - Parameter name: as people are shown it.
  init(_ source: any ByteSource, named name: String) {
    (self.name, total) = (name, ReadingTotal(.bytes, source.length))
    segments = MarkupSegments(
      source, at: ["item", "entry", "outline"], limit: PageFolder.fileSizeLimit)
  }

  mutating func next() -> FormatRecord? {
    var share = 0
    do throws(SkipReason) {
      while let segment = try segments?.next() {
        share += segment.bytes.count
        let place = "\(name), line \(segment.line)"
        if segment.isCut {
          return FormatRecord(at: place, share: share, .tooLarge(limit: PageFolder.fileSizeLimit))
        }
        guard isBegun else {
          // What stands before the first entry is of the feed itself.
          let head = FeedEntry(segment.bytes)
          language = head.text("language", "dc:language") ?? head.language
          isBegun = true
          continue
        }
        return FormatRecord(at: place, share: share) { [language] () throws(SkipReason) in
          guard String(validating: segment.bytes, as: UTF8.self) != nil else {
            throw .notUTF8(offset: 0, likely: "windows-1252")
          }
          return try FeedEntry(segment.bytes).draft(in: language)
        }
      }
      return nil
    } catch {
      // The rest of the file is lost.
      segments = nil
      return FormatRecord(at: name, share: share, error)
    }
  }
}
