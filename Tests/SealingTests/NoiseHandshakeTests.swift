import Sealing
import Testing

struct NoiseHandshakeTests {
  private let hello = Array("hello".utf8)

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `members greet each other and understand what follows`(seed: UInt64) throws {
    var initiator = NoiseSession.side(.initiator, seed: seed)
    var responder = NoiseSession.side(.responder, seed: seed)
    let first = try initiator.writeMessage(payload: hello)
    let greeting = try responder.readMessage(first)
    let second = try responder.writeMessage(payload: hello.reversed())
    let answer = try initiator.readMessage(second)
    #expect(greeting == hello && answer == hello.reversed(), "seed \(seed)")
    #expect(first.count == hello.count + NoiseHandshake.overhead)
    var (left, right) = (initiator.split(), responder.split())
    for number in 0..<3 {
      let text = [UInt8](repeating: UInt8(number), count: number)
      #expect(try right.receive.open(left.send.sealed(text)) == text, "seed \(seed)")
      #expect(try left.receive.open(right.send.sealed(text)) == text, "seed \(seed)")
    }
  }

  @Test func `every flipped bit of either message is refused, and the message itself is not`()
    throws
  {
    var initiator = NoiseSession.side(.initiator)
    var responder = NoiseSession.side(.responder)
    let first = try initiator.writeMessage(payload: hello)
    for flipped in flips(of: first) {
      let refused = responder.refusal(of: flipped)
      #expect(refused == .notAMember)
    }
    let greeting = try responder.readMessage(first)
    #expect(greeting == hello)
    let second = try responder.writeMessage(payload: hello)
    for flipped in flips(of: second) {
      let refused = initiator.refusal(of: flipped)
      #expect(refused == .notAMember)
    }
    let answer = try initiator.readMessage(second)
    #expect(answer == hello)
  }

  @Test func `either message is refused if it is cut or goes on`() throws {
    var initiator = NoiseSession.side(.initiator)
    var responder = NoiseSession.side(.responder)
    let first = try initiator.writeMessage(payload: hello)
    for changed in lengths(of: first) {
      let refused = responder.refusal(of: changed)
      #expect(refused == expectedRefusal(of: changed))
    }
    _ = try responder.readMessage(first)
    let second = try responder.writeMessage(payload: hello)
    for changed in lengths(of: second) {
      let refused = initiator.refusal(of: changed)
      #expect(refused == expectedRefusal(of: changed))
    }
  }

  @Test func `another pre-shared key or prologue makes a stranger`() throws {
    for byte in 0..<32 {
      var key = NoiseSession.presharedKey
      key[byte] ^= 1
      var stranger = NoiseSession.side(.initiator, presharedKey: key)
      try expectRefusal(of: stranger.writeMessage(payload: hello))
    }
    let prologue = NoiseSession.prologue
    for other in [[], prologue + [0], Array(prologue.dropLast()), Array("satchel session 2".utf8)] {
      var stranger = NoiseSession.side(.initiator, prologue: other)
      try expectRefusal(of: stranger.writeMessage(payload: hello))
    }
  }

  @Test func `an answer to another connection is refused`() throws {
    var one = NoiseSession.side(.initiator)
    var other = NoiseSession.side(.initiator, seed: 2)
    var responder = NoiseSession.side(.responder)
    _ = try one.writeMessage(payload: hello)
    _ = try responder.readMessage(other.writeMessage(payload: hello))
    let answer = try responder.writeMessage(payload: hello)
    let refused = one.refusal(of: answer)
    #expect(refused == .notAMember)
  }

  @Test func `a message sent back to its sender is refused`() throws {
    var initiator = NoiseSession.side(.initiator)
    let first = try initiator.writeMessage(payload: hello)
    let refused = initiator.refusal(of: first)
    #expect(refused == .notAMember)
  }

  @Test func `who repeats a recorded first message cannot go on`() throws {
    var initiator = NoiseSession.side(.initiator)
    var responder = NoiseSession.side(.responder)
    let recorded = try initiator.writeMessage(payload: hello)
    _ = try responder.readMessage(recorded)
    _ = try initiator.readMessage(responder.writeMessage(payload: []))
    var ciphers = initiator.split()
    let sealed = ciphers.send.sealed(hello)

    var later = NoiseSession.side(.responder, seed: 3)
    _ = try later.readMessage(recorded)
    _ = try later.writeMessage(payload: [])
    var laterCiphers = later.split()
    #expect(throws: NoiseError.damagedMessage(number: 0)) { try laterCiphers.receive.open(sealed) }
  }

  @Test func `a message of the handshake has a greatest size`() throws {
    #expect(NoiseHandshake.maximumPayload == 65_487)
    for count in [NoiseHandshake.maximumPayload - 1, NoiseHandshake.maximumPayload] {
      var initiator = NoiseSession.side(.initiator)
      var responder = NoiseSession.side(.responder)
      let payload = [UInt8](repeating: 7, count: count)
      let read = try responder.readMessage(initiator.writeMessage(payload: payload))
      #expect(read == payload)
      let answer = try initiator.readMessage(responder.writeMessage(payload: payload))
      #expect(answer == payload)
    }
    var responder = NoiseSession.side(.responder)
    let tooLong = [UInt8](repeating: 7, count: 65_536)
    let refused = responder.refusal(of: tooLong)
    #expect(refused == .tooLong(byteCount: 65_536))
  }

  @Test func `a side that acts out of turn is stopped`() async {
    await #expect(processExitsWith: .failure) {
      var responder = NoiseSession.side(.responder)
      _ = try responder.writeMessage(payload: [])
    }
    await #expect(processExitsWith: .failure) {
      var initiator = NoiseSession.side(.initiator)
      _ = try initiator.readMessage([UInt8](repeating: 0, count: 48))
    }
    await #expect(processExitsWith: .failure) {
      var initiator = NoiseSession.side(.initiator)
      _ = try initiator.writeMessage(payload: [])
      _ = initiator.split()
    }
  }

  @Test func `two handshakes by the same member have different keys and tags`() throws {
    var first = NoiseHandshake(
      role: .initiator, presharedKey: NoiseSession.presharedKey, prologue: [])
    var second = NoiseHandshake(
      role: .initiator, presharedKey: NoiseSession.presharedKey, prologue: [])
    let messages = (try first.writeMessage(payload: []), try second.writeMessage(payload: []))
    #expect(messages.0.prefix(32) != messages.1.prefix(32))
    #expect(messages.0.suffix(16) != messages.1.suffix(16))
  }

  private func flips(of message: [UInt8]) -> [[UInt8]] {
    (0..<message.count * 8).map { bit in
      var flipped = message
      flipped[bit / 8] ^= 1 << (bit % 8)
      return flipped
    }
  }

  private func lengths(of message: [UInt8]) -> [[UInt8]] {
    message.indices.map { Array(message.prefix($0)) } + [message + [0], message + message]
  }

  private func expectedRefusal(of message: [UInt8]) -> NoiseError {
    message.count < 48 ? .tooShort(byteCount: message.count, minimum: 48) : .notAMember
  }

  private func expectRefusal(of message: [UInt8]) throws {
    var responder = NoiseSession.side(.responder)
    let refused = responder.refusal(of: message)
    #expect(refused == .notAMember)
  }
}
