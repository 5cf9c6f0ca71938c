import Coding
import Replication

// Reading and writing of wholes, which the sources need only as parts.

extension DeltaStatement {
  init(payload: [UInt8]) throws(CodingError) {
    self = try ByteReader.read(payload) { (reader: inout ByteReader) throws(CodingError) in
      try DeltaStatement(from: &reader)
    }
  }

  var payload: [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }
}

extension OperationBlock {
  /// The payload of what was read.
  func written() throws -> [UInt8] {
    OperationBlock.payload(of: try operations(), replica: replica, range: range)
  }
}

extension BodyChunk {
  /// The payload of what was read.
  var written: [UInt8] {
    var builder = BodyChunkBuilder()
    for entry in entries {
      builder.append(
        bytes(of: entry), of: entry.hash, bodyLength: entry.bodyLength, offset: entry.offset)
    }
    return builder.payload
  }
}

extension Frame {
  /// A header, the stored bytes it announces, and nothing more.
  init(whole bytes: [UInt8]) throws(CodingError) {
    let header = try FrameHeader(Array(bytes.prefix(Frame.headerLength)))
    let stored = Array(bytes.dropFirst(Frame.headerLength))
    guard stored.count >= header.storedLength else { throw .endsEarly(offset: bytes.count) }
    guard stored.count == header.storedLength else {
      throw .trailingBytes(
        offset: Frame.headerLength + header.storedLength,
        count: stored.count - header.storedLength)
    }
    self = try header.frame(stored: stored)
  }
}
