import Articles
import Coding
import Replication
import TestSupport
import Testing

@testable import Transports

/// Frames of a member who means harm: as much as the limits allow, or a little more.
struct Bomb: Sendable, CustomTestStringConvertible {
  let name: String
  /// Whether a reader must refuse it.
  let isRefused: Bool
  let frames: @Sendable () throws -> [OpenBundle.Part]
  var header: @Sendable (inout BundleHeader) throws -> Void = { _ in }

  var testDescription: String { name }

  /// As many as the limits allow where there is time, else some.
  private static func upTo(_ limit: Int) -> Int { Effort.isLong ? limit : limit / 64 }

  static let all = operations + contexts + knowledge + bodies + frames

  private static func operations(
    _ name: String, isRefused: Bool = false, _ block: @escaping @Sendable () -> Block
  ) -> Bomb {
    Bomb(name: name, isRefused: isRefused) {
      [OpenBundle.Part(kind: .operations, payload: block().payload)]
    }
  }

  private static let operations: [Bomb] = [
    operations("as many writes of one register as a frame may have") {
      Block(count: upTo(Limits.frameOperations))
    },
    operations("one more than that", isRefused: true) { Block(count: Limits.frameOperations + 1) },
    operations("as many writes, each of a register of its own") {
      Block(count: upTo(Limits.frameOperations), fields: upTo(Limits.frameOperations))
    },
    operations("as many writes, each of an article of its own") {
      Block(count: upTo(Limits.frameOperations), entities: upTo(Limits.frameOperations))
    },
    operations("as many writes, each of a replica's card of its own") {
      Block(count: upTo(Limits.frameOperations), entities: upTo(Limits.frameOperations), kind: 3)
    },
    operations("as many views without a name") {
      Block(count: upTo(Limits.frameOperations), entities: upTo(Limits.frameOperations), kind: 4)
    },
    operations("as many highlights of nothing") {
      Block(count: upTo(Limits.frameOperations), entities: upTo(Limits.frameOperations), kind: 2)
    },
    operations("writes with gaps between all of them") {
      Block(count: upTo(Limits.frameOperations), gap: 1 << 40)
    },
    operations("one write for every sequence there can be") {
      Block(count: 1, gap: Limits.maximumSequence - 2, span: Limits.maximumSequence - 1)
    },
    operations("writes at the end of time") {
      Block(count: 100, stamp: Stamp.maximum.rawValue)
    },
    operations("a write after the end of time", isRefused: true) {
      Block(count: 1, stamp: Stamp.maximum.rawValue + 1)
    },
    operations("a title as long as a value may be") {
      Block(count: 1, field: "title", value: text(Limits.valueBytes - 1))
    },
    operations("a title that is a byte longer", isRefused: true) {
      Block(count: 1, field: "title", value: text(Limits.valueBytes))
    },
    operations("a title of nothing but accents") {
      Block(
        count: 1, field: "title", value: text(upTo(Limits.valueBytes - 1), of: [0xCC, 0x81]))
    },
    operations("a note of nothing but line feeds") {
      Block(count: 1, field: "note", value: text(upTo(Limits.valueBytes - 1), of: [10]))
    },
    operations("names of fields as long as they may be") {
      Block(
        count: upTo(8_000), fields: upTo(8_000),
        field: String(repeating: "x", count: Limits.fieldBytes - 8))
    },
    operations("tags as long as they may be, all of one article") {
      Block(
        count: upTo(8_000), fields: upTo(8_000), field: "tag/" + String(repeating: "é", count: 500))
    },
    operations("an article that is deleted and restored again and again") {
      Block(count: upTo(Limits.frameOperations), field: "deleted")
    },
    operations("progress past all bounds") {
      Block(count: 1, field: "progress", value: [3] + Varint.bytes(of: .max))
    },
    operations("a text that is named and is nowhere, of many articles") {
      Block(
        count: upTo(50_000), entities: upTo(50_000), field: "body",
        value: [5] + [UInt8](repeating: 7, count: 32))
    },
  ]

  private static let contexts: [Bomb] = [
    operations("a context of as many replicas as there may be") {
      Block(count: 1, field: "note", value: text(5), contextLength: Limits.replicas)
    },
    operations("one of one more", isRefused: true) {
      Block(count: 1, field: "note", value: text(5), contextLength: Limits.replicas + 1)
    },
    operations("a frame full of contexts") {
      Block(
        count: upTo(1_536) / 64 + 1, field: "note", value: text(5), contextLength: Limits.replicas)
    },
    operations("texts that know nothing of each other") {
      Block(count: upTo(20_000), field: "note", value: text(5), contextLength: 0)
    },
    operations("the same of a register that nobody knows") {
      Block(count: upTo(20_000), field: "zebra", value: text(5), contextLength: 0)
    },
  ]

  private static let tiny = { @Sendable in
    [OpenBundle.Part(kind: .operations, payload: Block(count: 1).payload)]
  }

  private static let knowledge: [Bomb] = [
    Bomb(name: "as many ranges as a file may carry", isRefused: false, frames: tiny) {
      $0.statement = DeltaStatement(
        basis: Knowledge(), carried: ranges(upTo(Limits.carriedRanges)), known: Knowledge())
    },
    Bomb(name: "as many ranges as may be known", isRefused: false, frames: tiny) {
      $0.statement = DeltaStatement(
        basis: ranges(Limits.knowledgeRanges), carried: Knowledge(),
        known: ranges(Limits.knowledgeRanges))
    },
    Bomb(name: "one range more", isRefused: true, frames: tiny) {
      $0.statement = DeltaStatement(
        basis: Knowledge(), carried: Knowledge(), known: ranges(Limits.knowledgeRanges + 1))
    },
    // But for those that the test needs itself.
    Bomb(name: "as many replicas as there may be", isRefused: false, frames: tiny) {
      var all = Knowledge()
      for number in 0..<UInt64(Limits.replicas - 4) {
        all.insert(SequenceSet(1...3), of: replica(number))
      }
      $0.statement = DeltaStatement(basis: Knowledge(), carried: Knowledge(), known: all)
    },
    Bomb(name: "all that ever can be, as what is known", isRefused: false, frames: tiny) {
      var all = Knowledge()
      all.insert(SequenceSet(1...Limits.maximumSequence), of: replica(1))
      $0.statement = DeltaStatement(basis: Knowledge(), carried: all, known: all)
    },
    Bomb(
      name: "as many frames counted as there may be, and one there", isRefused: true, frames: tiny
    ) {
      $0.frameCount = Limits.bundleFrames
    },
  ]

  private static let bodies: [Bomb] = [
    bodies("zeros as many as a frame may have") { builder in
      let zeros = [UInt8](repeating: 0, count: Limits.frameInflatedBytes - 64)
      builder.append(zeros[...], of: ContentHash(of: zeros), bodyLength: zeros.count, offset: 0)
    },
    bodies("a body that is longer than one may be", isRefused: true) { builder in
      builder.append([1], of: hash(1), bodyLength: Limits.bodyBytes + 1, offset: 0)
    },
    bodies("pieces without bytes, of one body") { builder in
      for _ in 0..<upTo(Limits.frameBodies) {
        builder.append([], of: hash(1), bodyLength: Limits.bodyBytes, offset: 5)
      }
    },
    bodies("one more than there may be", isRefused: true) { builder in
      for _ in 0...Limits.frameBodies {
        builder.append([], of: hash(1), bodyLength: Limits.bodyBytes, offset: 5)
      }
    },
    bodies("pieces without bytes, each of a body of its own") { builder in
      for number in 0..<UInt64(upTo(Limits.frameBodies)) {
        builder.append([], of: hash(number), bodyLength: Limits.bodyBytes, offset: 5)
      }
    },
    bodies("the first byte of very many bodies") { builder in
      for number in 0..<UInt64(upTo(Limits.frameBodies)) {
        builder.append([1], of: hash(number), bodyLength: Limits.bodyBytes, offset: 0)
      }
    },
    bodies("the same piece again and again, of two lengths in turn") { builder in
      for number in 0..<upTo(Limits.frameBodies) {
        builder.append([1], of: hash(1), bodyLength: 100 + number % 2, offset: 0)
      }
    },
    bodies("every other byte of a body") { builder in
      for number in 0..<upTo(Limits.frameBodies) {
        builder.append([1], of: hash(1), bodyLength: Limits.bodyBytes, offset: 2 * number)
      }
    },
  ]

  private static func bodies(
    _ name: String, isRefused: Bool = false,
    _ build: @escaping @Sendable (inout BodyChunkBuilder) -> Void
  ) -> Bomb {
    Bomb(name: name, isRefused: isRefused) {
      var builder = BodyChunkBuilder()
      build(&builder)
      return [OpenBundle.Part(kind: .bodies, payload: builder.payload)]
    }
  }

  private static let frames: [Bomb] = [
    Bomb(name: "frames of zeros of kinds that nobody knows", isRefused: false) {
      let zeros = [UInt8](repeating: 0, count: Limits.frameInflatedBytes)
      return (0..<upTo(640)).map { _ in
        OpenBundle.Part(kind: Frame.Kind(number: 200), payload: zeros)
      }
    },
    Bomb(name: "operations of nothing but zeros", isRefused: true) {
      [OpenBundle.Part(kind: .operations, payload: [UInt8](repeating: 0, count: 8 << 20))]
    },
    Bomb(name: "bodies of nothing but zeros", isRefused: true) {
      [OpenBundle.Part(kind: .bodies, payload: [UInt8](repeating: 0, count: 8 << 20))]
    },
    Bomb(name: "very many frames without anything", isRefused: false) {
      (0..<upTo(100_000)).map { _ in
        OpenBundle.Part(kind: Frame.Kind(number: 201), payload: [])
      }
    },
  ]

  private static func replica(_ number: UInt64) -> ReplicaID {
    ReplicaID(Identifier(high: 77, low: number))
  }

  private static func hash(_ number: UInt64) -> ContentHash {
    ContentHash(of: Varint.bytes(of: number))
  }

  private static func ranges(_ count: Int) -> Knowledge {
    Knowledge([replica(1): SequenceSet((1...UInt64(count)).map { 3 * $0...3 * $0 })])
  }

  private static func text(_ count: Int, of unit: [UInt8] = [0x61]) -> [UInt8] {
    var bytes: [UInt8] = [4]
    bytes.reserveCapacity(count + 1)
    // Doubled, since unit after unit takes seconds in a debug build.
    var units = unit
    while units.count < count { units += units }
    bytes += units.prefix(count / unit.count * unit.count)
    return bytes
  }
}

extension Bomb {
  /// The columns of operations, which repeat themselves.
  struct Block {
    var count: Int
    var entities = 1
    var fields = 1
    var kind = 1
    var gap: UInt64 = 0
    var span: UInt64?
    var stamp: UInt64 = 1 << 56
    var field = "starred"
    var value: [UInt8] = [2]
    /// Nil for facts; how many replicas their authors had seen.
    var contextLength: Int?

    var payload: [UInt8] {
      var writer = ByteWriter()
      writer.append([UInt8](repeating: 9, count: 16))
      writer.number(1)
      let last = span ?? (gap + 1) * UInt64(count) - 1
      writer.number(last)
      writer.number(count)
      if last + 1 != UInt64(count) { for _ in 0..<count { writer.number(gap) } }
      writer.number(entities)
      for number in 0..<entities {
        writer.number(kind)
        writer.identifier(Identifier(high: 5, low: UInt64(number)))
      }
      writer.number(fields)
      for number in 0..<fields {
        let name = Array((fields == 1 ? field : field + String(number, radix: 36)).utf8)
        writer.number(name.count)
        writer.append(name)
      }
      for number in 0..<count { writer.number(number < entities ? 1 : 0) }
      for number in 0..<count { writer.number(min(number, fields - 1)) }
      writer.number(Varint.zigzag(Int64(bitPattern: stamp)))
      for _ in 1..<max(count, 1) { writer.number(0) }
      write(contexts: &writer)
      for _ in 0..<count { writer.number(value.count) }
      for _ in 0..<count { writer.append(value) }
      return writer.bytes
    }

    private func write(contexts writer: inout ByteWriter) {
      guard let contextLength else { return writer.number(0) }
      writer.number(count)
      for _ in 0..<count {
        writer.number(0)
        writer.number(contextLength)
        for number in 0..<contextLength {
          writer.identifier(Identifier(high: 8, low: UInt64(number)))
          writer.number(7)
        }
      }
    }
  }
}
