import Coding
import Replication

/// Fields by number, so that a later version can add some: tag, length, bytes, ascending by tag.
struct TaggedFields {
  private var fields: [UInt64: [UInt8]] = [:]

  init(_ payload: [UInt8]) throws(CodingError) {
    fields = try ByteReader.read(payload) { (reader: inout ByteReader) throws(CodingError) in
      var fields: [UInt64: [UInt8]] = [:]
      var previous: UInt64?
      while reader.remaining > 0 {
        let offset = reader.offset
        let tag = try reader.number()
        if let previous, previous >= tag { throw .outOfOrder(what: "fields", offset: offset) }
        fields[tag] = try reader.array(reader.count(of: "field bytes", eachAtLeast: 1))
        previous = tag
      }
      return fields
    }
  }

  subscript(tag: UInt64) -> [UInt8]? { fields[tag] }

  func required(_ tag: UInt64, _ name: String) throws(BundleError) -> [UInt8] {
    guard let bytes = fields[tag] else { throw .malformed("\(name) is missing") }
    return bytes
  }

  func read<Result>(
    _ tag: UInt64, _ name: String,
    _ body: (inout ByteReader) throws(CodingError) -> Result
  ) throws -> Result {
    try ByteReader.read(required(tag, name), body)
  }

  /// UTF-8 of at most `limit` bytes.
  func text(_ tag: UInt64, _ name: String, atMost limit: Int) throws(BundleError) -> String {
    let bytes = try required(tag, name)
    guard bytes.count <= limit, let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed("\(name) is not UTF-8 of at most \(limit) bytes")
    }
    return text
  }

  func optionalIdentifier(_ tag: UInt64, _ name: String) throws(BundleError) -> Identifier? {
    guard let bytes = fields[tag] else { return nil }
    guard let identifier = Identifier(bytes: bytes) else {
      throw .malformed("\(name) is not 16 bytes")
    }
    return identifier
  }

  func flag(_ tag: UInt64, _ name: String) throws(BundleError) -> Bool {
    switch try required(tag, name) {
    case [0]: return false
    case [1]: return true
    default: throw .malformed("\(name) is neither 0 nor 1")
    }
  }

  func number(_ tag: UInt64, _ name: String) throws -> UInt64 {
    try read(tag, name) { (reader: inout ByteReader) throws(CodingError) in try reader.number() }
  }

  /// Counts that must fit an `Int32`, for they are never sizes to allocate.
  func numbers(_ tag: UInt64, _ name: String, _ count: Int) throws -> [Int] {
    try read(tag, name) { (reader: inout ByteReader) throws(CodingError) in
      var numbers: [Int] = []
      for _ in 0..<count {
        let number = try reader.number()
        guard number <= UInt64(Int32.max) else {
          throw .tooLarge(what: name, count: number, limit: UInt64(Int32.max))
        }
        numbers.append(Int(number))
      }
      return numbers
    }
  }
}

extension ByteWriter {
  mutating func field(_ tag: UInt64, _ body: (inout ByteWriter) -> Void) {
    var field = ByteWriter()
    body(&field)
    number(tag)
    number(field.count)
    append(field.bytes)
  }
}
