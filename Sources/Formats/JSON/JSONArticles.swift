import Articles
import Documents

/// The articles of a file of JSON, record by record.
struct JSONArticles: FormatReader {
  let total: ReadingTotal
  private let name: String
  private let draft: Draft
  private var records: JSONRecords?
  private var number = 0

  /// Makes an article of a record.
  typealias Draft = @Sendable (JSONText) throws(SkipReason) -> ArticleDraft

  /// - Parameters:
  ///   - name: as people are shown it.
  ///   - draft: makes an article of a record.
  init(_ source: any ByteSource, named name: String, _ draft: @escaping Draft) {
    (self.name, self.draft, total) = (name, draft, ReadingTotal(.bytes, source.length))
    records = JSONRecords(source)
  }

  /// The object of a record. Throws `notJSON` for any other value.
  static func object(_ record: JSONRecords.Record) throws(SkipReason) -> JSONText {
    guard let value = JSONText(try record.bytes.get()[...], limit: JSONRecords.recordBytes),
      case .object = value
    else { throw .notJSON }
    return value
  }

  mutating func next() -> FormatRecord? {
    do throws(SkipReason) {
      guard let record = try records?.next() else { return nil }
      number += 1
      return FormatRecord(at: "\(name), record \(number)", share: record.length) {
        [draft] () throws(SkipReason) in
        try draft(JSONArticles.object(record))
      }
    } catch {
      // The rest of the file is lost.
      records = nil
      return FormatRecord(at: name, share: 0, error)
    }
  }
}
