import Replication
import TestSupport
import Testing

struct StampVectorTests {
  struct Vector: Decodable {
    struct Write: Decodable, Equatable {
      let clock: String
      let stamp: String
    }

    let name: String
    /// Milliseconds since 1970, decimal: JSON's numbers end before 2^63.
    let wall: String
    let clock: String
    let seen: String?
    let value: Write?
    let refused: String?
  }

  @Test func `stamps are taken as the vectors say`() throws {
    for vector: Vector in try VectorFile.cases(in: "stamps") {
      var clock = Clock(last: try stamp(vector.clock))
      let wall = try #require(Int64(vector.wall), "\(vector.name)")
      do {
        let reading = try clock.tick(wallMilliseconds: wall)
        let stamp = try Clock.stamp(reading: reading, over: vector.seen.map(stamp))
        let write = Vector.Write(
          clock: Hexadecimal.text(of: clock.last), stamp: Hexadecimal.text(of: stamp))
        #expect(write == vector.value, "\(vector.name)")
      } catch ReplicationError.stampsExhausted {
        #expect(vector.refused == "exhausted", "\(vector.name)")
      }
    }
  }

  private func stamp(_ text: String) throws -> Stamp {
    try Sample.stampOf(try #require(UInt64(text, radix: 16)))
  }
}

extension Hexadecimal {
  fileprivate static func text(of stamp: Stamp) -> String {
    text(of: Identifier(high: 0, low: stamp.rawValue).bytes.suffix(8))
  }
}
