import Replication

/// Gathers bodies into a chunk.
public struct BodyChunkBuilder: Sendable {
  private var index = ByteWriter()
  private var pieces: [UInt8] = []
  /// What was gathered, as a reader of the chunk finds it.
  public private(set) var entries: [BodyChunk.Entry] = []

  public init() {}

  /// Gathers some of what a chunk holds.
  public init(_ entries: [BodyChunk.Entry], of chunk: BodyChunk) {
    for entry in entries {
      append(
        chunk.bytes(of: entry), of: entry.hash, bodyLength: entry.bodyLength,
        offset: entry.offset)
    }
  }

  public var count: Int { entries.count }

  public var isEmpty: Bool { entries.isEmpty }

  /// Bytes of bodies gathered so far.
  public var length: Int { pieces.count }

  /// Whether `length` more bytes would still be a chunk of the size aimed at.
  public func hasRoom(for length: Int) -> Bool {
    isEmpty
      || count < Limits.frameBodies && pieces.count + length <= Limits.chunkTargetBytes
  }

  public mutating func append(
    _ bytes: ArraySlice<UInt8>, of hash: ContentHash, bodyLength: Int, offset: Int
  ) {
    index.append(hash.bytes)
    index.number(bodyLength)
    index.number(offset)
    index.number(bytes.count)
    entries.append(
      BodyChunk.Entry(
        hash: hash, bodyLength: bodyLength, offset: offset,
        range: pieces.count..<pieces.count + bytes.count))
    pieces += bytes
  }

  /// The frame of what was gathered.
  public func frame() throws(CodingError) -> Frame {
    let (payload, sections) = written()
    return try Frame(.bodies, payload: payload, sections: sections)
  }

  /// The payload of what was gathered.
  public var payload: [UInt8] { written().payload }

  /// The payload and where bytes of another sort begin in it.
  private func written() -> (payload: [UInt8], sections: [Int]) {
    var payload = Varint.bytes(of: UInt64(count)) + index.bytes
    guard let recoding = TextRecoding(pieces) else {
      payload.append(BodyChunk.Form.plain)
      return (payload + pieces, [payload.count])
    }
    payload.append(BodyChunk.Form.recoded)
    let sections = recoding.append(to: &payload)
    return (payload, sections)
  }

  /// Cuts a body into the pieces it is stored in: one, but for a large one.
  public static func pieces(of body: [UInt8]) -> [(offset: Int, bytes: ArraySlice<UInt8>)] {
    guard body.count > Limits.pieceBytes else { return [(0, body[...])] }
    return stride(from: 0, to: body.count, by: Limits.pieceBytes).map {
      ($0, body[$0..<min($0 + Limits.pieceBytes, body.count)])
    }
  }
}
