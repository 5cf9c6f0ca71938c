import Coding
import Replication
import TestSupport
import Testing

struct FrameTests {
  private let payload = Array(
    "The words of a page, and again: the words of a page, and again.".utf8)

  @Test func `every flipped bit of a frame is noticed`() throws {
    let stored = [try Frame(.bodies, payload: payload + payload), try Frame(.bodies, payload: [1])]
    #expect(stored.map(\.isDeflated) == [true, false])
    for frame in stored {
      let whole = frame.header + frame.stored
      for bit in 0..<(8 * whole.count) {
        var flipped = whole
        flipped[bit / 8] ^= 1 << (bit % 8)
        #expect(throws: CodingError.self, "bit \(bit)") { try Frame(whole: flipped) }
      }
    }
  }

  @Test func `the header says what is there before it is read`() throws {
    let frame = try Frame(.operations, payload: payload + payload)
    let header = try FrameHeader(frame.header)
    #expect(header.kind == .operations)
    #expect(header.isDeflated)
    #expect(header.storedLength == frame.stored.count)
    #expect(header.inflatedLength == 2 * payload.count)
    #expect(throws: CodingError.checksumDiffers) {
      try header.frame(stored: Array(frame.stored.dropLast()))
    }
  }

  @Test func `a payload is deflated where that makes it smaller`() throws {
    #expect(try Frame(.bodies, payload: payload + payload).isDeflated)
    var generator = SeededGenerator(seed: 1)
    let noise = (0..<500).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for payload in [[], [1, 2, 3], noise] {
      let frame = try Frame(.bodies, payload: payload)
      #expect(!frame.isDeflated)
      #expect(frame.stored == payload)
      #expect(try Frame(whole: frame.header + frame.stored) == frame)
    }
  }

  @Test func `an unknown kind is read, for a reader to pass over`() throws {
    let frame = try Frame(Frame.Kind(number: 77), payload: payload)
    #expect(try Frame(whole: frame.header + frame.stored).kind.number == 77)
  }
}
