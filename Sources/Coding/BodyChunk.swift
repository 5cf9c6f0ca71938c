import Replication

/// Bodies, or pieces of large ones, compressed together: the payload of a bodies frame.
///
/// ```
/// count | count x (SHA-256 of the body 32, its length, offset of the piece, piece's length) | form
/// form 0: the pieces end to end; form 1: their recoding as a text
/// ```
public struct BodyChunk: Sendable {
  public let entries: [Entry]
  /// What the pieces are end to end, whichever form they came in.
  private let pieces: ArraySlice<UInt8>

  /// One body, or a piece of one larger than ``Limits/pieceBytes``.
  public struct Entry: Sendable, Hashable {
    public let hash: ContentHash
    public let bodyLength: Int
    /// Where the piece begins in the body.
    public let offset: Int
    /// Where the piece lies among the chunk's pieces, end to end.
    public let range: Range<Int>

    public var isWhole: Bool { offset == 0 && range.count == bodyLength }
  }

  /// How the pieces follow (Protocol 2.7).
  enum Form {
    static let plain: UInt8 = 0
    static let recoded: UInt8 = 1
  }

  /// Reads a payload (Protocol 2.7). Throws `tooLarge` for a body past ``Limits/bodyBytes``, for
  /// more than ``Limits/frameBodies`` pieces and for more than ``Limits/frameInflatedBytes`` in them,
  /// `reservedBits` for a form of a later version.
  public init(payload: [UInt8]) throws(CodingError) {
    (entries, pieces) = try ByteReader.read(payload) {
      (reader: inout ByteReader) throws(CodingError) in
      let entries = try BodyChunk.entries(from: &reader)
      let length = entries.last?.range.upperBound ?? 0
      switch try reader.byte() {
      case Form.plain:
        let start = reader.offset
        _ = try reader.slice(length)
        return (entries, payload[start..<reader.offset])
      case Form.recoded:
        return (entries, try TextRecoding.restored(from: &reader, length: length)[...])
      default: throw .reservedBits(offset: reader.offset - 1)
      }
    }
  }

  public func bytes(of entry: Entry) -> ArraySlice<UInt8> { pieces(in: entry.range) }

  /// All pieces' bytes together.
  public var length: Int { pieces.count }

  /// Some of the pieces, end to end; `range` must lie within ``length``.
  public func pieces(in range: Range<Int>) -> ArraySlice<UInt8> {
    pieces[pieces.startIndex + range.lowerBound..<pieces.startIndex + range.upperBound]
  }

  private static func entries(
    from reader: inout ByteReader
  ) throws(CodingError) -> [Entry] {
    let count = try reader.count(of: "bodies", eachAtLeast: 35)
    guard count <= Limits.frameBodies else {
      throw .tooLarge(what: "bodies", count: UInt64(count), limit: UInt64(Limits.frameBodies))
    }
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    var start = 0
    for _ in 0..<count {
      let hash = try reader.contentHash()
      let numbers = [try reader.number(), try reader.number(), try reader.number()]
      guard numbers[0] <= Limits.bodyBytes else {
        throw .tooLarge(what: "body bytes", count: numbers[0], limit: UInt64(Limits.bodyBytes))
      }
      guard numbers[1] <= numbers[0], numbers[2] <= numbers[0] - numbers[1] else {
        throw .tooLarge(what: "piece bytes", count: numbers[2], limit: numbers[0])
      }
      let end = start + Int(numbers[2])
      guard end <= Limits.frameInflatedBytes else {
        throw .tooLarge(
          what: "chunk bytes", count: UInt64(end), limit: UInt64(Limits.frameInflatedBytes))
      }
      entries.append(
        Entry(
          hash: hash, bodyLength: Int(numbers[0]), offset: Int(numbers[1]), range: start..<end))
      start = end
    }
    return entries
  }
}
