import Coding
import Replication
import Testing

/// One case of the vectors: bytes, and either what they mean or the word for why they are refused.
struct Vector: Decodable {
  let name: String
  /// Where a file holds more than one sort of bytes.
  let kind: String?
  let hex: String
  let value: [String]?
  let refused: String?

  /// Reads the bytes, and writes again what was read: the same bytes, since each meaning has one
  /// spelling.
  func check<Read>(
    _ read: ([UInt8]) throws -> Read, meaning: (Read) throws -> [String],
    write: ((Read) throws -> [UInt8])?
  ) throws {
    let bytes = try #require(Hexadecimal.bytes(of: hex), "\(name)")
    do {
      let result = try read(bytes)
      let lines = try meaning(result)
      // `==` on strings takes a composed and a decomposed letter for the same.
      #expect(lines.map { Array($0.utf8) } == value?.map { Array($0.utf8) }, "\(name): \(lines)")
      if let write { #expect(try write(result) == bytes, "\(name)") }
    } catch let error as CodingError {
      #expect(error.word == refused, "\(name): \(error)")
    }
  }
}
