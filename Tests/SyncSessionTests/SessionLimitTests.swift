import Coding
import Replication
import SyncSession
import Testing

/// The limits of messages, one below, at, and one above.
struct SessionLimitTests {
  @Test(arguments: [-1, 0, 1]) func `a hello is bounded`(over: Int) throws {
    let hello = Hello(Talker(Sample.replica(1)).report).bytes
    let bytes = hello + [UInt8](repeating: 0, count: Limits.helloBytes + over - hello.count)
    if over > 0 {
      #expect(throws: SessionError.self) { try Hello(bytes: bytes) }
    } else {
      #expect(try Hello(bytes: bytes).bytes == hello)
    }
  }

  @Test(arguments: [-1, 0, 1]) func `what is asked for at once is bounded`(over: Int) throws {
    let hashes = (0..<Limits.sessionWantedBodies + over).compactMap { number in
      ContentHash(
        bytes: Identifier(high: 0, low: UInt64(number)).bytes + [UInt8](repeating: 0, count: 16))
    }
    let frame = try Message.want(hashes).frame()
    if over > 0 {
      #expect(throws: SessionError.self) { try Message(frame) }
    } else {
      #expect(try Message(frame) == .want(hashes))
    }
  }

  @Test(arguments: [-1, 0, 1]) func `a refusal's text is bounded`(over: Int) throws {
    let text = [UInt8](repeating: 0x78, count: Limits.refusalBytes + over)
    let frame = try Frame(Frame.Kind(number: 24), payload: [0] + text)
    if over > 0 {
      #expect(throws: SessionError.self) { try Message(frame) }
    } else {
      #expect(
        try Message(frame) == .refusal(Refusal(.failed, String(decoding: text, as: UTF8.self))))
    }
    // Who writes cuts it off.
    let long = Message.refusal(Refusal(.failed, String(decoding: text, as: UTF8.self)))
    #expect(try Message(long.frame()) != nil)
  }
}
