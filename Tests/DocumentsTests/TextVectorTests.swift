import Foundation
import Testing

@testable import Documents

/// `Protocol/vectors/text.json`: what pages of every format say (Protocol 5.10).
@Suite struct TextVectorTests {
  private struct File: Decodable {
    let version: Int
    let cases: [Vector]
  }

  private struct Vector: Decodable {
    let name: String
    let format: String
    let input: String
    let value: String
  }

  private static let formats: [String: DocumentFormat] = [
    "markdown": .markdown, "html": .html, "text": .text,
  ]

  private func file() throws -> File {
    let root = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { path, _ in
      path.deletingLastPathComponent()
    }
    let file = root.appendingPathComponent("Protocol/vectors/text.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: file))
  }

  @Test func `every input has the plain text beside it`() throws {
    let file = try file()
    #expect(file.version == PlainText.version)
    #expect(file.cases.count >= 60)
    for vector in file.cases {
      let format = try #require(TextVectorTests.formats[vector.format], "\(vector.name)")
      let bytes = Array(vector.input.utf8)
      // Compared as bytes: a `String` equals another spelling of its characters.
      let text = Array(PlainText.text(of: Document(reading: bytes, as: format)).utf8)
      #expect(text == Array(vector.value.utf8), "\(vector.name)")
      #expect(Array(PlainText.text(reading: bytes, as: format).utf8) == text, "\(vector.name)")
    }
  }
}
