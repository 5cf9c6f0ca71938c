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
    let wanted = try (0..<Limits.sessionWantedBodies + over).map { number in
      let bytes = Identifier(high: 0, low: UInt64(number)).bytes + [UInt8](repeating: 0, count: 16)
      return WantedBody(try #require(ContentHash(bytes: bytes)), from: number)
    }
    let frame = try Message.want(wanted).frame()
    if over > 0 {
      #expect(throws: SessionError.self) { try Message(frame) }
    } else {
      #expect(try Message(frame) == .want(wanted))
    }
  }

  @Test func `a frame that is wanted too short or too long counts as the nearest there is`() throws
  {
    let hello = Hello(Talker(Sample.replica(1)).report).bytes
    for (bytes, counts) in [
      (0, 1_024), (1_023, 1_024), (1_024, 1_024), (1_025, 1_025), (8 << 20, 8 << 20),
      ((8 << 20) + 1, 8 << 20), (Int(UInt32.max), 8 << 20),
    ] {
      let word = (0..<4).reversed().map { UInt8(truncatingIfNeeded: bytes >> (8 * $0)) }
      #expect(try Hello(bytes: hello.prefix(43) + word).longestFrame.bytes == counts)
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
  }

  @Test(arguments: [("x", 256), ("ü", 256), ("盘", 255), ("\u{1F4BE}", 256)])
  func `a refusal's text that is too long is cut behind a character`(
    character: String, length: Int
  ) throws {
    for start in ["", "a", "ab", "abc"] {
      let text = start + String(repeating: character, count: Limits.refusalBytes)
      let read = try Message(Message.refusal(Refusal(.failed, text)).frame())
      guard case .refusal(let refusal) = try #require(read) else {
        Issue.record("\(String(describing: read))")
        return
      }
      #expect(text.hasPrefix(refusal.text) && refusal.text.utf8.count > Limits.refusalBytes - 4)
      if start.isEmpty { #expect(refusal.text.utf8.count == length) }
    }
  }
}
