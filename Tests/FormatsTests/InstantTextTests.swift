import TestSupport
import Testing

@testable import Formats

@Suite struct InstantTextTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (1_780_000_000_123, "2026-05-28T20:26:40.123Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    (4_102_444_799_999, "2099-12-31T23:59:59.999Z"),
    (-2_208_988_800_000, "1900-01-01T00:00:00.000Z"),
  ])
  func `an instant is written and read`(milliseconds: Int64, text: String) {
    #expect(InstantText.text(of: milliseconds) == text)
    #expect(InstantText.milliseconds(of: text) == milliseconds)
  }

  @Test(arguments: [
    ("1970-01-02", 86_400_000), ("1970-01-01T01:00:00+01:00", 0), ("1970-01-01T00:00:01Z", 1_000),
    ("1970-01-01T00:00:00.5Z", 500), ("1970-01-01 00:00:00.123456 +0000", 123),
    ("1970/1/1", 0), ("1970-01-01T00:00", 0),
  ])
  func `other spellings are read`(text: String, milliseconds: Int64) {
    #expect(InstantText.milliseconds(of: text) == milliseconds)
  }

  @Test(arguments: ["", "now", "1970-13-01", "1970-01-01T25:00Z"])
  func `what names no instant is none`(text: String) {
    #expect(InstantText.milliseconds(of: text) == nil)
  }

  @Test func `a day too far away has no text`() {
    for milliseconds in [Int64.min, .max, 1 << 52, -(1 << 52)] {
      #expect(InstantText.text(of: milliseconds) == nil)
    }
  }

  @Test(arguments: 1...20)
  func `every instant of three centuries comes back`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let milliseconds = Int64.random(in: -2_208_988_800_000...7_258_118_399_999, using: &random)
      #expect(InstantText.text(of: milliseconds).flatMap(InstantText.milliseconds) == milliseconds)
    }
  }
}
