import Coding
import Replication
import TestSupport
import Testing

/// Bytes are read, refused and written as the vectors say.
struct VectorTests {
  @Test func `sets of sequences are as the vectors say`() throws {
    for vector: Vector in try VectorFile.cases(in: "sequences") {
      try vector.check(
        { bytes in
          try ByteReader.read(bytes) { (reader: inout ByteReader) throws(CodingError) in
            try SequenceSet(from: &reader)
          }
        }, meaning: \.meaning, write: \.bytes)
    }
  }

  @Test func `knowledge is as the vectors say`() throws {
    let vectors: [Vector] = try VectorFile.cases(in: "knowledge")
    for vector in vectors where vector.kind == "knowledge" {
      try vector.check({ try Knowledge(bytes: $0) }, meaning: \.meaning, write: \.bytes)
    }
  }

  @Test func `statements are as the vectors say`() throws {
    let vectors: [Vector] = try VectorFile.cases(in: "knowledge")
    for vector in vectors where vector.kind == "statement" {
      try vector.check(DeltaStatement.init(payload:), meaning: \.meaning, write: \.payload)
    }
  }

  @Test func `operations are as the vectors say`() throws {
    for vector: Vector in try VectorFile.cases(in: "operations") {
      try vector.check(
        OperationBlock.init(payload:), meaning: { try $0.meaning() }, write: { try $0.written() })
      // A merge makes no operations of its rows: reading must have refused.
      guard vector.refused != nil else { continue }
      let bytes = try #require(Hexadecimal.bytes(of: vector.hex))
      #expect(throws: CodingError.self, "\(vector.name)") { try OperationBlock(payload: bytes) }
    }
  }

  @Test func `bodies are as the vectors say`() throws {
    for vector: Vector in try VectorFile.cases(in: "bodies") {
      try vector.check(BodyChunk.init(payload:), meaning: \.meaning, write: \.written)
    }
  }

  @Test func `frames are as the vectors say`() throws {
    for vector: Vector in try VectorFile.cases(in: "frames") {
      try vector.check(
        Frame.init(whole:), meaning: { try $0.meaning() }, write: { $0.header + $0.stored })
    }
  }

  @Test func `a frame's payload is stored as the vectors say where it stays as it is`() throws {
    let vectors: [Vector] = try VectorFile.cases(in: "frames")
    for vector in vectors where vector.value?.contains("as it is") == true {
      let frame = try Frame(whole: try #require(Hexadecimal.bytes(of: vector.hex)))
      #expect(try Frame(frame.kind, payload: frame.payload()) == frame, "\(vector.name)")
    }
  }
}
