/// The articles of a list of links, link by link.
struct LinkRecords: FormatReader {
  let total: ReadingTotal
  private let name: String
  private let style: LinkStyle
  private var segments: MarkupSegments?
  private var outline = LinkOutline()

  /// - Parameters:
  ///   - name: as people are shown it.
  ///   - style: what its headings and folders mean.
  init(_ source: any ByteSource, named name: String, _ style: LinkStyle) {
    (self.name, self.style, total) = (name, style, ReadingTotal(.bytes, source.length))
    segments = MarkupSegments(source, at: ["dt", "li"])
  }

  mutating func next() -> FormatRecord? {
    // What is no link belongs to the one before it.
    var share = 0
    do throws(SkipReason) {
      while let segment = try segments?.next() {
        share += segment.bytes.count
        let place = "\(name), line \(segment.line)"
        if segment.isCut {
          return FormatRecord(
            at: place, share: share, .tooLarge(limit: MarkupSegments.segmentBytes))
        }
        guard let entry = outline.read(segment.bytes) else { continue }
        return FormatRecord(at: place, share: share) { [style] () throws(SkipReason) in
          try style.draft(of: entry)
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
