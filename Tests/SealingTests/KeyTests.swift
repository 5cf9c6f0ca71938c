import Sealing
import TestSupport
import Testing

struct KeyTests {
  struct Derivation: Decodable {
    struct Keys: Decodable, Equatable {
      let libraryKey: String
      let ageIdentity: String
      let ageRecipient: String
      let noisePresharedKey: Hex
    }

    let name: String
    let secret: Hex
    let expect: Keys?
    let refused: String?
  }

  struct KeyText: Decodable {
    let name: String
    let text: String
    let expect: Hex?
    let refused: String?
  }

  @Test func `a secret derives the keys of the vectors`() throws {
    for vector: Derivation in try VectorFile.cases(of: "keys") {
      let secret = try outcome { try LibrarySecret(bytes: vector.secret.bytes) }
      guard let expected = vector.expect, case .accepted(let secret) = secret else {
        #expect(secret == Outcome(expect: nil, refused: vector.refused), "\(vector.name)")
        continue
      }
      #expect(secret.libraryKey.description == expected.libraryKey, "\(vector.name)")
      #expect(secret.ageIdentity.text == expected.ageIdentity, "\(vector.name)")
      #expect(secret.ageIdentity.recipient.text == expected.ageRecipient, "\(vector.name)")
      #expect(secret.noisePresharedKey == expected.noisePresharedKey.bytes, "\(vector.name)")
    }
  }

  @Test func `recipients read and refuse as the vectors say`() throws {
    for vector: KeyText in try VectorFile.cases(of: "ageRecipient") {
      let bytes = try outcome { try AgeRecipient(text: vector.text).bytes }
      #expect(
        bytes == Outcome(expect: vector.expect?.bytes, refused: vector.refused), "\(vector.name)")
    }
  }

  @Test func `identities read and refuse as the vectors say`() throws {
    for vector: KeyText in try VectorFile.cases(of: "ageIdentity") {
      let text = try outcome { try AgeIdentity(text: vector.text).text }
      let expected = try vector.expect.map { try AgeIdentity(bytes: $0.bytes).text }
      #expect(text == Outcome(expect: expected, refused: vector.refused), "\(vector.name)")
    }
  }

  @Test func `key texts survive the round trip`() throws {
    for seed: UInt64 in 0..<50 {
      var generator = SeededGenerator(seed: seed)
      let identity = AgeIdentity(using: &generator)
      #expect(try AgeIdentity(text: identity.text).recipient == identity.recipient, "seed \(seed)")
      #expect(
        try AgeRecipient(text: identity.recipient.text) == identity.recipient, "seed \(seed)")
    }
  }

  @Test func `what holds a secret does not print it`() throws {
    let secret = try LibrarySecret(bytes: [UInt8](repeating: 0xAB, count: 32))
    let invitation = try Invitation(secret: secret, label: "ours")
    let values: [Any] = [secret, secret.signingKey, secret.ageIdentity, invitation]
    for value in values {
      var dumped = ""
      dump(value, to: &dumped)
      for print in ["\(value)", String(reflecting: value), dumped] {
        #expect(print.contains("(concealed)"))
        #expect(!print.contains("171") && !print.lowercased().contains("abab"))
        #expect(!print.contains("SECRET") && !print.contains("SATCHEL"))
      }
    }
  }

  @Test func `random secrets differ and keep all their bytes`() throws {
    var generator = SystemRandomNumberGenerator()
    let first = LibrarySecret(using: &generator)
    let second = LibrarySecret(using: &generator)
    #expect(first != second)
    #expect(try LibrarySecret(bytes: first.bytes) == first)
  }
}
