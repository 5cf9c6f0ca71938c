import Sealing
import TestSupport
import Testing

struct InvitationTests {
  struct Vector: Decodable {
    struct Content: Decodable, Equatable {
      let secret: Hex
      let label: String
    }

    let name: String
    let text: String
    let expect: Content?
    let refused: String?
  }

  @Test func `invitations are read and refused as the vectors say`() throws {
    for vector: Vector in try VectorFile.cases(of: "invitation") {
      let invitation = try outcome { try Invitation(text: vector.text) }
      let expected = try vector.expect.map {
        try Invitation(secret: LibrarySecret(bytes: $0.secret.bytes), label: $0.label)
      }
      #expect(invitation == Outcome(expect: expected, refused: vector.refused), "\(vector.name)")
      // `==` on strings takes a composed and a decomposed letter for the same.
      if case .accepted(let read) = invitation {
        #expect(read.label.utf8.elementsEqual(vector.expect?.label.utf8 ?? "".utf8))
      }
    }
  }

  @Test func `an invitation is written as the vectors spell it`() throws {
    let canonical = ["no label", "a label", "a Chinese label", "a label of 64 bytes"]
    let vectors: [Vector] = try VectorFile.cases(of: "invitation")
    for vector in vectors where canonical.contains(vector.name) {
      let content = try #require(vector.expect)
      let secret = try LibrarySecret(bytes: content.secret.bytes)
      #expect(try Invitation(secret: secret, label: content.label).text == vector.text)
    }
  }

  @Test func `every mistyped letter is noticed`() throws {
    let text = try example(label: "Family").text
    for position in text.indices {
      for letter in "023456789ACDEFGHJKLMNPQRSTUVWXYZ" where letter != text[position] {
        let mistyped = text.replacingCharacters(at: position, with: letter)
        #expect(throws: SealingError.self) { try Invitation(text: mistyped) }
      }
    }
  }

  @Test func `every cut is noticed`() throws {
    let text = try example(label: "Family").text
    for count in 0..<text.count {
      #expect(throws: SealingError.self) { try Invitation(text: String(text.prefix(count))) }
    }
  }

  @Test func `the text stays within the alphabet of small QR codes and its sizes`() throws {
    for (label, count) in [("", 67), (String(repeating: "x", count: 64), 170)] {
      let text = try example(label: label).text
      #expect(text.count == count)
      #expect(text.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) })
      #expect(try Invitation(text: text) == example(label: label))
    }
  }

  @Test func `a label past its limit or with a control character is refused`() throws {
    let secret = try example(label: "").secret
    #expect(throws: SealingError.labelTooLong(byteCount: 66)) {
      try Invitation(secret: secret, label: String(repeating: "书", count: 22))
    }
    for label in ["a\u{1B}[31m", "a\n", "\0", "\u{7F}", "\u{85}"] {
      #expect(throws: SealingError.malformedLabel) { try Invitation(secret: secret, label: label) }
    }
  }

  private func example(label: String) throws -> Invitation {
    var generator = SeededGenerator(seed: 11)
    return try Invitation(secret: LibrarySecret(using: &generator), label: label)
  }
}

extension String {
  fileprivate func replacingCharacters(at position: Index, with letter: Character) -> String {
    String(self[..<position]) + String(letter) + String(self[index(after: position)...])
  }
}
