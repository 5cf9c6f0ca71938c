import Coding
import NIOCore
import Sealing

/// Frames from a connection, in clear or out of sealed records.
struct FrameInput {
  private var chunks: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  /// As it came, not yet opened where it is sealed.
  private var received = ByteBuffer()
  /// Bytes of frames.
  private var opened = ByteBuffer()
  private var cipher: NoiseCipher?
  private(set) var byteCount = 0

  init(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) {
    chunks = inbound.makeAsyncIterator()
  }

  /// From here on, what comes is sealed.
  mutating func open(with cipher: NoiseCipher) { self.cipher = cipher }

  /// One record of the handshake, at most `limit` bytes long. Throws `notAMember` where none comes.
  mutating func handshakeMessage(atMost limit: Int) async throws -> [UInt8] {
    guard try await fill(2), let length = received.readInteger(as: UInt16.self),
      length <= limit, try await fill(Int(length)),
      let message = received.readBytes(length: Int(length))
    else { throw ConnectionError.notAMember }
    return message
  }

  /// Waits for the first record that opens: proof that the peer is there now.
  mutating func waitForRecord() async throws {
    guard try await openRecord() else { throw ConnectionError.closed }
  }

  /// The first frame where nothing is sealed. Throws `chatter` where it is none.
  mutating func firstInClear() async throws -> Frame? {
    guard try await open(Frame.headerLength) else { return try await next() }
    let beginning = opened.getBytes(
      at: opened.readerIndex, length: min(opened.readableBytes, FrameInput.quotedBytes))
    do {
      return try await next()
    } catch ConnectionError.malformed, ConnectionError.damaged {
      let line = (beginning ?? []).prefix { $0 != 0x0A && $0 != 0x0D }
      throw ConnectionError.chatter(beginning: String(decoding: line, as: UTF8.self))
    }
  }

  /// As much as says where it comes from.
  private static let quotedBytes = 60

  /// Nil where the connection ended between frames. Throws ``ConnectionError``.
  mutating func next() async throws -> Frame? {
    guard try await open(Frame.headerLength) else {
      guard opened.readableBytes == 0 else { throw ConnectionError.closed }
      return nil
    }
    do {
      let header = try FrameHeader(opened.readBytes(length: Frame.headerLength) ?? [])
      guard try await open(header.storedLength) else { throw ConnectionError.closed }
      return try header.frame(stored: opened.readBytes(length: header.storedLength) ?? [])
    } catch let error as CodingError {
      throw error == .checksumDiffers ? ConnectionError.damaged : .malformed(error)
    }
  }

  /// Lets go of whatever still comes, until the connection ends.
  mutating func drain() async {
    while let chunk = try? await chunk(), chunk.readableBytes > 0 {}
  }

  /// Whether `count` bytes of frames could be had.
  private mutating func open(_ count: Int) async throws -> Bool {
    while opened.readableBytes < count {
      guard cipher != nil else {
        guard let chunk = try await chunk() else { return false }
        opened.discardReadBytes()
        opened.writeImmutableBuffer(chunk)
        continue
      }
      guard try await openRecord() else { return false }
    }
    return true
  }

  private mutating func openRecord() async throws -> Bool {
    guard try await fill(2), let length = received.readInteger(as: UInt16.self),
      try await fill(Int(length)), let record = received.readBytes(length: Int(length))
    else { return false }
    do {
      guard let plaintext = try cipher?.open(record) else { return false }
      opened.discardReadBytes()
      opened.writeBytes(plaintext)
      return true
    } catch {
      throw ConnectionError.damaged
    }
  }

  /// Whether `count` bytes could be had as they came.
  private mutating func fill(_ count: Int) async throws -> Bool {
    while received.readableBytes < count {
      guard let chunk = try await chunk() else { return false }
      received.discardReadBytes()
      received.writeImmutableBuffer(chunk)
    }
    return true
  }

  private mutating func chunk() async throws -> ByteBuffer? {
    let chunk: ByteBuffer?
    do {
      chunk = try await chunks.next()
    } catch is IOError {
      // The system says why; to us a reset is an end like another.
      chunk = nil
    }
    try Task.checkCancellation()
    byteCount += chunk?.readableBytes ?? 0
    return chunk
  }
}
