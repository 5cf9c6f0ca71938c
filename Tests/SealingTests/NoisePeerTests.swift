import Sealing
import Testing

/// Both roles against another implementation, over pipes, past two changes of the keys.
@Suite(.enabled(if: NoisePeer.python != nil, "Python's noiseprotocol is not installed"))
struct NoisePeerTests {
  private let hello = Array("hello of Swift".utf8)

  @Test func `Python answers as the responder`() throws {
    let peer = try peer(as: "responder")
    var handshake = NoiseSession.side(.initiator)
    try peer.send(handshake.writeMessage(payload: hello))
    let answer = try handshake.readMessage(peer.receive())
    #expect(answer == hello.reversed())
    try converse(with: peer, handshake.split())
  }

  @Test func `Python begins as the initiator`() throws {
    let peer = try peer(as: "initiator")
    var handshake = NoiseSession.side(.responder)
    let greeting = try handshake.readMessage(peer.receive())
    #expect(greeting == Array("hello of Python".utf8))
    try peer.send(handshake.writeMessage(payload: hello))
    try converse(with: peer, handshake.split())
  }

  private func peer(as role: String) throws -> NoisePeer {
    try NoisePeer(
      role, presharedKey: NoiseSession.presharedKey, prologue: NoiseSession.prologue)
  }

  private func converse(with peer: NoisePeer, _ ciphers: NoiseSession.Ciphers) throws {
    var ciphers = ciphers
    for number in 0..<2_100 {
      let size = number.isMultiple(of: 500) ? NoiseCipher.maximumPlaintext : number % 300
      let text = SealedFile.plaintext(count: size)
      try peer.send(ciphers.send.sealed(text))
      let answer = try ciphers.receive.open(peer.receive())
      try #require(answer == text.reversed(), "message \(number)")
    }
    #expect(try peer.end() == 0)
  }
}
