import Coding
import Replication
import Testing

/// One case of the vectors: bytes, and either what they mean or the word for why they are refused.
struct Vector: Decodable {
  let name: String
  /// Where a file holds more than one sort of bytes.
  let kind: String?
  let hex: String
  /// "other" where this is one of several spellings, and not the one that is written here.
  let spelling: String?
  let value: [String]?
  let refused: String?

  /// Reads the bytes, and writes again what was read: the same bytes, unless the meaning has
  /// another spelling that is preferred.
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
      if let write { #expect((try write(result) == bytes) == (spelling == nil), "\(name)") }
    } catch let error as CodingError {
      #expect(error.word == refused, "\(name): \(error)")
    }
  }
}
