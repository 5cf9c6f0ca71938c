import Coding
import Replication
import TestSupport
import Testing

/// What a form keeps of what its author was shown.
@Suite struct ShownMemoTests {
  private func register(_ key: UInt64, _ field: String) throws -> RegisterID {
    RegisterID(
      EntityID(kind: EntityKind(number: 1), key: Identifier(high: key, low: 7)),
      try Field(bytes: Array(field.utf8)))
  }

  private func shown(_ register: RegisterID, _ text: String?, replicas: UInt64 = 2) throws -> Shown
  {
    let entries = (0..<replicas).map {
      Context.Entry(replica: ReplicaID(Identifier(high: $0, low: 1)), sequence: 300 + $0)
    }
    return Shown(
      register, value: try text.map { try .text($0) }, conflicts: [], context: Context(entries))
  }

  @Test(arguments: [nil, "", "a note", "笔记"])
  func `a memo comes back from its text, and knows what its form began with`(text: String?) throws {
    let register = try register(1, "note")
    let shown = try shown(register, text)
    let memo = ShownMemo(shown, text: text ?? "")
    let sent = try #require(memo.text)
    #expect(sent.utf8.allSatisfy { $0 > 0x2C && $0 < 0x7B && $0 != UInt8(ascii: "=") })
    let read = try #require(ShownMemo(sent))
    #expect(read == memo)
    let same = try #require(read.shown(of: register, sending: text ?? ""))
    #expect(same.context == shown.context)
    #expect(same.value == (text == nil || text == "" ? .nothing : shown.value))
    #expect(read.shown(of: register, sending: "another")?.value == nil)
  }

  @Test func `where other texts stood beside it, the same text is an answer to them`() throws {
    let register = try register(1, "note")
    let beside = Shown(
      register, value: try .text("a"), conflicts: [try .text("b")], context: .empty)
    let memo = try #require(ShownMemo(beside, text: "a").text.flatMap { ShownMemo($0) })
    let shown = try #require(memo.shown(of: register, sending: "a"))
    #expect(shown.value == nil && shown.conflicts.isEmpty)
  }

  @Test func `it answers for no other register`() throws {
    let memo = ShownMemo(try shown(register(1, "note"), "a"), text: "a")
    #expect(memo.shown(of: try register(1, "title"), sending: "a") == nil)
    #expect(memo.shown(of: try register(2, "note"), sending: "a") == nil)
    let other = RegisterID(
      EntityID(kind: EntityKind(number: 2), key: Identifier(high: 1, low: 7)), Field("note"))
    #expect(memo.shown(of: other, sending: "a") == nil)
  }

  @Test func `a text that is not whole, or not the one spelling, is none`() throws {
    let text = try #require(ShownMemo(try shown(register(1, "note"), "a"), text: "a").text)
    for count in 0..<text.count { #expect(ShownMemo(String(text.prefix(count))) == nil) }
    for extra in ["A", "AA", "AAAA", "=", " ", "\n"] {
      #expect(ShownMemo(text + extra) == nil, "\(extra.debugDescription)")
      #expect(ShownMemo(extra + text) == nil, "\(extra.debugDescription)")
    }
    #expect(ShownMemo("") == nil && ShownMemo("+/+/") == nil && ShownMemo("笔记") == nil)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `no bytes are read as a memo that is spelt otherwise`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = try #require(ShownMemo(try shown(register(1, "note"), "a"), text: "a").text)
    for _ in 0..<200 {
      var bytes = Array(text.utf8)
      let place = Int.random(in: bytes.indices, using: &random)
      bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
      let changed = String(decoding: bytes, as: UTF8.self)
      if let memo = ShownMemo(changed) { #expect(memo.text == changed, "seed \(seed)") }
    }
  }

  @Test func `a memo of very many replicas has no text, and a long text is no memo`() throws {
    let register = try register(1, "note")
    #expect(ShownMemo(try shown(register, "a", replicas: 500), text: "a").text != nil)
    #expect(ShownMemo(try shown(register, "a", replicas: 1_000), text: "a").text == nil)
    #expect(ShownMemo(String(repeating: "A", count: ShownMemo.longest + 4)) == nil)
  }
}
