import Coding
import NIOCore
import Sealing

/// Frames to a connection, in clear or as sealed records.
struct FrameOutput: Sendable {
  private let writer: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private var cipher: NoiseCipher?
  private(set) var byteCount = 0

  init(_ writer: NIOAsyncChannelOutboundWriter<ByteBuffer>) {
    self.writer = writer
  }

  /// From here on, what goes is sealed.
  mutating func seal(with cipher: NoiseCipher) { self.cipher = cipher }

  mutating func handshakeMessage(_ message: [UInt8]) async throws {
    var buffer = ByteBuffer()
    buffer.writeInteger(UInt16(message.count))
    buffer.writeBytes(message)
    try await write(buffer)
  }

  /// Waits until the connection can take it.
  mutating func write(_ frame: Frame) async throws {
    let bytes = frame.header + frame.stored
    guard cipher != nil else { return try await write(ByteBuffer(bytes: bytes)) }
    for start in stride(from: 0, to: bytes.count, by: FrameOutput.maximumWrite) {
      try await write(sealed(bytes[start..<min(start + FrameOutput.maximumWrite, bytes.count)]))
    }
  }

  /// So that a frame of 8 MiB need not lie in memory once more.
  private static let maximumWrite = 16 * recordTarget
  /// Longer ones make the allocator give memory back to the system between any two, which costs
  /// more than sealing them.
  private static let recordTarget = 32 << 10

  private mutating func sealed(_ bytes: ArraySlice<UInt8>) -> ByteBuffer {
    var records = [UInt8]()
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = min(start + FrameOutput.recordTarget, bytes.endIndex)
      let length = UInt16(end - start + NoiseCipher.overhead)
      records.append(UInt8(length >> 8))
      records.append(UInt8(truncatingIfNeeded: length))
      cipher?.seal(bytes[start..<end], into: &records)
      start = end
    }
    return ByteBuffer(bytes: records)
  }

  private mutating func write(_ buffer: ByteBuffer) async throws {
    byteCount += buffer.readableBytes
    do {
      try await writer.write(buffer)
    } catch is IOError {
      throw ConnectionError.closed
    } catch is ChannelError {
      throw ConnectionError.closed
    }
  }
}
