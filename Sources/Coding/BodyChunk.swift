import Replication

/// Bodies, or pieces of large ones, compressed together: the payload of a bodies frame.
///
/// ```
/// count | count x (SHA-256 of the body 32, its length, offset of the piece, piece's length)
/// pieces end to end
/// ```
public struct BodyChunk: Sendable {
  public let entries: [Entry]
  /// The inflated payload that holds the pieces.
  public let payload: [UInt8]

  /// One body, or a piece of one larger than ``Limits/pieceBytes``.
  public struct Entry: Sendable, Hashable {
    public let hash: ContentHash
    public let bodyLength: Int
    /// Where the piece begins in the body.
    public let offset: Int
    /// Where the piece lies in the payload.
    public let range: Range<Int>

    public var isWhole: Bool { offset == 0 && range.count == bodyLength }
  }

  /// Reads a payload (Protocol 2.7). Throws `tooLarge` for a body past ``Limits/bodyBytes``.
  public init(payload: [UInt8]) throws(CodingError) {
    entries = try ByteReader.read(payload, BodyChunk.entries)
    self.payload = payload
  }

  public func bytes(of entry: Entry) -> ArraySlice<UInt8> { payload[entry.range] }

  private static func entries(
    from reader: inout ByteReader
  ) throws(CodingError) -> [Entry] {
    let count = try reader.count(of: "bodies", eachAtLeast: 35)
    var heads: [(hash: ContentHash, total: Int, offset: Int, length: Int)] = []
    for _ in 0..<count {
      let hash = try reader.contentHash()
      let numbers = [try reader.number(), try reader.number(), try reader.number()]
      guard numbers[0] <= Limits.bodyBytes else {
        throw .tooLarge(what: "body bytes", count: numbers[0], limit: UInt64(Limits.bodyBytes))
      }
      guard numbers[1] <= numbers[0], numbers[2] <= numbers[0] - numbers[1] else {
        throw .tooLarge(what: "piece bytes", count: numbers[2], limit: numbers[0])
      }
      heads.append((hash, Int(numbers[0]), Int(numbers[1]), Int(numbers[2])))
    }
    var start = reader.offset
    var entries: [Entry] = []
    for head in heads {
      _ = try reader.slice(head.length)
      entries.append(
        Entry(
          hash: head.hash, bodyLength: head.total, offset: head.offset,
          range: start..<start + head.length))
      start += head.length
    }
    return entries
  }
}

/// Gathers bodies into a chunk's payload.
public struct BodyChunkBuilder: Sendable {
  private var index = ByteWriter()
  private var pieces: [UInt8] = []
  public private(set) var count = 0

  public init() {}

  public var isEmpty: Bool { count == 0 }

  /// Inflated bytes gathered so far.
  public var length: Int { pieces.count }

  /// Whether `length` more bytes would still be a chunk of the size aimed at.
  public func hasRoom(for length: Int) -> Bool {
    isEmpty || pieces.count + length <= Limits.chunkTargetBytes
  }

  public mutating func append(
    _ bytes: ArraySlice<UInt8>, of hash: ContentHash, bodyLength: Int, offset: Int
  ) {
    index.append(hash.bytes)
    index.number(bodyLength)
    index.number(offset)
    index.number(bytes.count)
    pieces += bytes
    count += 1
  }

  /// The payload of what was gathered.
  public var payload: [UInt8] {
    var writer = ByteWriter()
    writer.number(count)
    return writer.bytes + index.bytes + pieces
  }

  /// Cuts a body into the pieces it is stored in: one, but for a large one.
  public static func pieces(of body: [UInt8]) -> [(offset: Int, bytes: ArraySlice<UInt8>)] {
    guard body.count > Limits.pieceBytes else { return [(0, body[...])] }
    return stride(from: 0, to: body.count, by: Limits.pieceBytes).map {
      ($0, body[$0..<min($0 + Limits.pieceBytes, body.count)])
    }
  }
}
