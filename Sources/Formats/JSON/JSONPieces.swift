import Articles
import Documents

/// The articles of a file of JSON that keeps them in lists within lists.
struct JSONPieces: FormatReader {
  let total: ReadingTotal
  private let name: String
  private let path: [String]
  private let draft: Draft
  private var walk: JSONWalk?
  private var number = 0

  /// Makes an article of a record.
  ///
  /// - Parameters:
  ///   - record: the record.
  ///   - places: its place, from 0, in each of the lists around it.
  typealias Draft =
    @Sendable (
      _ record: JSONText, _ places: [Int]
    ) throws(SkipReason) -> ArticleDraft

  /// - Parameters:
  ///   - opened: the paths that are walked into.
  ///   - path: that of the records.
  ///   - name: as people are shown it.
  ///   - draft: makes an article of a record.
  init(
    _ source: any ByteSource, into opened: Set<[String]>, at path: [String], named name: String,
    _ draft: @escaping Draft
  ) {
    (self.name, self.path, self.draft) = (name, path, draft)
    total = ReadingTotal(.bytes, source.length)
    walk = JSONWalk(source, into: opened)
  }

  mutating func next() -> FormatRecord? {
    // What is no record belongs to the next one.
    var share = 0
    do throws(SkipReason) {
      while let piece = try walk?.next() {
        share += piece.length
        guard piece.path == path else { continue }
        number += 1
        return FormatRecord(at: "\(name), record \(number)", share: share) {
          [draft] () throws(SkipReason) in
          try draft(JSONPieces.object(piece), piece.places)
        }
      }
      return nil
    } catch {
      // The rest of the file is lost.
      walk = nil
      return FormatRecord(at: name, share: share, error)
    }
  }

  /// The object of a piece. Throws `notJSON` for any other value.
  static func object(_ piece: JSONWalk.Piece) throws(SkipReason) -> JSONText {
    guard case .object(let members) = try value(piece) else { throw .notJSON }
    return .object(members)
  }

  static func value(_ piece: JSONWalk.Piece) throws(SkipReason) -> JSONText {
    guard let value = JSONText(try piece.bytes.get()[...], limit: JSONRecords.recordBytes) else {
      throw .notJSON
    }
    return value
  }
}
