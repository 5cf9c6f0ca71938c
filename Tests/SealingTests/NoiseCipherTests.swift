import Crypto
import TestSupport
import Testing

@testable import Sealing

struct NoiseCipherTests {
  private let text = Array("twelve bytes".utf8)

  @Test func `every flipped bit of a message is refused, and the message itself is not`() throws {
    var (sender, receiver) = try direction()
    let message = sender.sealed(text)
    for bit in 0..<message.count * 8 {
      var flipped = message
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: NoiseError.damagedMessage(number: 0)) { try receiver.open(flipped) }
    }
    #expect(try receiver.open(message) == text)
  }

  @Test func `a message that is cut or goes on is refused`() throws {
    var (sender, receiver) = try direction()
    let message = sender.sealed(text)
    for count in message.indices {
      let error: NoiseError =
        count < 16 ? .tooShort(byteCount: count, minimum: 16) : .damagedMessage(number: 0)
      #expect(throws: error) { try receiver.open(Array(message.prefix(count))) }
    }
    #expect(throws: NoiseError.damagedMessage(number: 0)) { try receiver.open(message + [0]) }
  }

  @Test func `messages repeated, exchanged or left out are refused by number`() throws {
    var (sender, receiver) = try direction()
    let messages = (0..<4).map { sender.sealed([UInt8($0)]) }
    for (order, number) in [([0, 0], 1), ([1], 0), ([0, 2], 1), ([0, 1, 3, 2], 2)] {
      var reader = receiver
      for index in order.prefix(number) { _ = try reader.open(messages[index]) }
      #expect(throws: NoiseError.damagedMessage(number: UInt64(number))) {
        try reader.open(messages[order[number]])
      }
    }
    for index in 0..<4 { #expect(try receiver.open(messages[index]) == [UInt8(index)]) }
  }

  @Test func `a message of one direction means nothing in the other, or on another connection`()
    throws
  {
    var (initiator, responder) = try NoiseSession.ciphers()
    let message = initiator.send.sealed(text)
    #expect(throws: NoiseError.damagedMessage(number: 0)) { try initiator.receive.open(message) }
    var other = try NoiseSession.ciphers(seed: 2).responder
    #expect(throws: NoiseError.damagedMessage(number: 0)) { try other.receive.open(message) }
    #expect(try responder.receive.open(message) == text)
  }

  @Test func `what is refused leaves the output as it was`() throws {
    var (sender, receiver) = try direction()
    var output: [UInt8] = [1, 2]
    var message = [9] + sender.sealed(text)
    try receiver.open(message[1...], into: &output)
    #expect(output == [1, 2] + text)
    message = sender.sealed(text)
    message[0] ^= 1
    #expect(throws: NoiseError.self) { try receiver.open(message[...], into: &output) }
    #expect(output == [1, 2] + text)
  }

  @Test func `messages of every size up to the limit pass`() throws {
    #expect(NoiseCipher.maximumPlaintext == 65_519)
    var (sender, receiver) = try direction()
    for count in [0, 1, 63, 64, 65, 65_518, 65_519] {
      let plaintext = SealedFile.plaintext(count: count)
      let message = sender.sealed(plaintext)
      #expect(message.count == count + NoiseCipher.overhead)
      #expect(try receiver.open(message) == plaintext)
    }
    #expect(throws: NoiseError.tooLong(byteCount: 65_536)) {
      try receiver.open([UInt8](repeating: 0, count: 65_536))
    }
    #expect(throws: NoiseError.damagedMessage(number: 7)) {
      try receiver.open([UInt8](repeating: 0, count: 65_535))
    }
  }

  @Test func `a longer message is not sealed`() async {
    await #expect(processExitsWith: .failure) {
      var cipher = NoiseCipher(key: SymmetricKey(size: .bits256))
      _ = cipher.sealed([UInt8](repeating: 0, count: 65_520))
    }
  }

  @Test func `the last number but one is used, and the last is not`() async throws {
    let key = SymmetricKey(data: [UInt8](1...32))
    var (sender, receiver) = (
      NoiseCipher(key: key, number: .max - 1), NoiseCipher(key: key, number: .max - 1)
    )
    #expect(try receiver.open(sender.sealed(text)) == text)
    await #expect(processExitsWith: .failure) {
      var cipher = NoiseCipher(key: SymmetricKey(size: .bits256), number: .max)
      _ = cipher.sealed([])
    }
    await #expect(processExitsWith: .failure) {
      var cipher = NoiseCipher(key: SymmetricKey(size: .bits256), number: .max)
      _ = try? cipher.open([UInt8](repeating: 0, count: 16))
    }
  }

  @Test func `the key changes after every 1,024 messages and the numbers go on`() throws {
    let first = SymmetricKey(data: [UInt8](1...32))
    var (sender, receiver) = (NoiseCipher(key: first), NoiseCipher(key: first))
    let keys = try [first, rekeyed(first), rekeyed(rekeyed(first))]
    for number: UInt64 in 0..<2_100 {
      let message = sender.sealed(text)
      #expect(try receiver.open(message) == text)
      if [0, 1_022, 1_023, 1_024, 2_047, 2_048].contains(number) {
        let key = keys[Int(number / 1_024)]
        #expect(try message == sealed(text, key: key, number: number), "message \(number)")
      }
    }
  }

  @Test func `a cipher does not print its key`() {
    let cipher = NoiseCipher(key: SymmetricKey(data: [UInt8](repeating: 0xAB, count: 32)))
    var dumped = ""
    dump(cipher, to: &dumped)
    for print in ["\(cipher)", String(reflecting: cipher), dumped] {
      #expect(print.contains("(concealed)") && !print.contains("171"))
    }
  }

  private func direction() throws -> (sender: NoiseCipher, receiver: NoiseCipher) {
    let (initiator, responder) = try NoiseSession.ciphers()
    return (initiator.send, responder.receive)
  }

  /// Noise 11.3 and 4.2, written once more.
  private func rekeyed(_ key: SymmetricKey) throws -> SymmetricKey {
    let zeros = [UInt8](repeating: 0, count: 32)
    return SymmetricKey(data: try sealed(zeros, key: key, number: .max).prefix(32))
  }

  private func sealed(
    _ plaintext: [UInt8], key: SymmetricKey, number: UInt64
  ) throws -> [UInt8] {
    let counter = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    let box = try ChaChaPoly.seal(
      plaintext, using: key, nonce: ChaChaPoly.Nonce(data: [0, 0, 0, 0] + counter))
    return Array(box.ciphertext + box.tag)
  }
}
