import Coding
import Replication
import Sealing
import SyncSession

@testable import Transports

/// Somebody who holds the library's secret, proves it, and then says whatever a test wants.
struct FalseMember {
  var peer: PlainPeer
  /// What the server said of itself.
  let answer: Hello
  private var sending: NoiseCipher
  private var receiving: NoiseCipher
  private var opened: [UInt8] = []

  enum Fault: Error {
    case noAnswer
  }

  init(port: Int, secret: LibrarySecret, hello: Hello) async throws {
    peer = try await PlainPeer(port: port)
    var handshake = NoiseHandshake(
      role: .initiator, presharedKey: secret.noisePresharedKey, prologue: SessionHost.prologue)
    await peer.send(FalseMember.record(try handshake.writeMessage(payload: hello.bytes)))
    guard let answer = await FalseMember.record(from: &peer) else {
      peer.close()
      throw Fault.noAnswer
    }
    self.answer = try Hello(bytes: try handshake.readMessage(answer))
    (sending, receiving) = handshake.split()
  }

  mutating func send(_ message: Message) async throws {
    let frame = try message.frame()
    await send(frame.header + frame.stored)
  }

  /// Says it again and again, from the first to the last, whatever else this process has to do.
  mutating func send(_ message: Message, times: Int, every interval: Duration) async throws {
    let frame = try message.frame()
    let records = (0..<times).map { _ in sealed(frame.header + frame.stored) }
    await peer.send(records, every: interval)
  }

  /// Bytes of frames, whole or not.
  mutating func send(_ bytes: [UInt8]) async { await peer.send(sealed(bytes)) }

  private mutating func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var record: [UInt8] = []
    sending.seal(bytes[...], into: &record)
    return FalseMember.record(record)
  }

  /// The next message; nil where the server has hung up. A kind it does not know it passes over.
  mutating func receive() async throws -> Message? {
    while true {
      guard let header = try await take(Frame.headerLength) else { return nil }
      let frame = try FrameHeader(header)
      guard let stored = try await take(frame.storedLength) else { return nil }
      if let message = try Message(frame.frame(stored: stored)) { return message }
    }
  }

  /// Listens until the server refuses or hangs up; returns its reason, if it gave one.
  mutating func refusal() async throws -> Refusal.Reason? {
    while let message = try await receive() {
      if case .refusal(let refusal) = message { return refusal.reason }
    }
    return nil
  }

  private mutating func take(_ count: Int) async throws -> [UInt8]? {
    while opened.count < count {
      guard let record = await FalseMember.record(from: &peer) else { return nil }
      opened += try receiving.open(record)
    }
    defer { opened.removeFirst(count) }
    return Array(opened.prefix(count))
  }

  /// Its length before it.
  static func record(_ message: [UInt8]) -> [UInt8] {
    [UInt8(message.count >> 8), UInt8(message.count & 0xff)] + message
  }

  private static func record(from peer: inout PlainPeer) async -> [UInt8]? {
    guard let length = await peer.read(2) else { return nil }
    return await peer.read(Int(length[0]) << 8 | Int(length[1]))
  }
}
