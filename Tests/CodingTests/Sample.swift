import Coding
import Replication

/// Random values of everything that has bytes.
enum Sample {
  static func replica(_ number: UInt64) -> ReplicaID {
    ReplicaID(Identifier(high: number, low: ~number))
  }

  static func sequences(using generator: inout some RandomNumberGenerator) -> SequenceSet {
    let scale = UInt64(1) << UInt64.random(in: 3...62, using: &generator)
    return SequenceSet(
      (0..<Int.random(in: 1...8, using: &generator)).map { _ in
        let first = UInt64.random(in: 1...scale, using: &generator)
        return first...(first + .random(in: 0...(scale / 2), using: &generator))
      })
  }

  static func knowledge(using generator: inout some RandomNumberGenerator) -> Knowledge {
    var knowledge = Knowledge()
    for _ in 0..<Int.random(in: 0...5, using: &generator) {
      let replica = ReplicaID(.random(using: &generator))
      knowledge.insert(sequences(using: &generator), of: replica)
    }
    return knowledge
  }

  static func statement(using generator: inout some RandomNumberGenerator) -> DeltaStatement {
    DeltaStatement(
      basis: knowledge(using: &generator), carried: knowledge(using: &generator),
      known: knowledge(using: &generator))
  }

  /// Operations of replica 1 within a range, ascending, at least one.
  static func operations(
    in range: ClosedRange<UInt64>, using generator: inout some RandomNumberGenerator
  ) throws -> [Operation] {
    let isDense = Bool.random(using: &generator)
    var sequences = range.filter { _ in isDense || .random(using: &generator) }
    if sequences.isEmpty { sequences = [range.upperBound] }
    return try sequences.map { try operation($0, using: &generator) }
  }

  static func operation(
    _ sequence: UInt64, using generator: inout some RandomNumberGenerator
  ) throws -> Operation {
    let key = Identifier(high: 7, low: .random(in: 0..<5, using: &generator))
    let kind = EntityKind(number: .random(in: 0...2, using: &generator))
    return try Operation(
      dot: Dot(replica: replica(1), sequence: sequence), stamp: stamp(using: &generator),
      register: RegisterID(EntityID(kind: kind, key: key), field(using: &generator)),
      value: value(using: &generator), context: context(before: sequence, using: &generator))
  }

  /// Bodies and pieces of some, of bytes or of text.
  static func chunk(using generator: inout some RandomNumberGenerator) -> BodyChunkBuilder {
    var builder = BodyChunkBuilder()
    let isText = Bool.random(using: &generator)
    for _ in 0..<Int.random(in: 0...5, using: &generator) {
      let body = isText ? text(using: &generator) : bytes(upTo: 60, using: &generator)
      let start = Int.random(in: 0...body.count, using: &generator)
      builder.append(
        body[start...], of: ContentHash(of: body), bodyLength: body.count, offset: start)
    }
    return builder
  }

  /// A few runs of characters in UTF-8, among markup.
  static func text(using generator: inout some RandomNumberGenerator) -> [UInt8] {
    let scripts: [ClosedRange<UInt32>] = [
      0x20...0x7e, 0xe0...0xff, 0x410...0x44f, 0x4e00...0x4fff, 0x1f300...0x1f6ff,
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      let script = scripts.randomElement(using: &generator) ?? 0x20...0x7e
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        text.unicodeScalars.append(
          contentsOf: Unicode.Scalar(.random(in: script, using: &generator)).map { [$0] } ?? [])
      }
    }
    return Array(text.utf8)
  }

  static func bytes(
    upTo limit: Int, using generator: inout some RandomNumberGenerator
  ) -> [UInt8] {
    (0..<Int.random(in: 0...limit, using: &generator)).map { _ in
      .random(in: 0...255, using: &generator)
    }
  }

  private static func stamp(using generator: inout some RandomNumberGenerator) -> Stamp {
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: .maximum
    case 1: .zero
    default: Stamp(wallMilliseconds: .random(in: 0...4_102_444_799_999, using: &generator))
    }
  }

  private static func field(using generator: inout some RandomNumberGenerator) throws -> Field {
    try ["title", "read", "note", "tag/北京", "tag/e\u{301}", "tag/\u{e9}"]
      .randomElement(using: &generator).map { try Field(bytes: Array($0.utf8)) } ?? Field("x")
  }

  private static func value(using generator: inout some RandomNumberGenerator) throws -> Value {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: .nothing
    case 1: .flag(.random(using: &generator))
    case 2: .integer(.random(in: .min ... .max, using: &generator))
    case 3: try .text("北京 \(Int.random(in: 0...999, using: &generator))")
    case 4: try .data(bytes(upTo: 20, using: &generator))
    default: try Value(canonical: [99] + bytes(upTo: 5, using: &generator))
    }
  }

  private static func context(
    before sequence: UInt64, using generator: inout some RandomNumberGenerator
  ) -> Context? {
    guard Int.random(in: 0..<3, using: &generator) == 0 else { return nil }
    var entries = (0..<Int.random(in: 0...3, using: &generator)).map { number in
      Context.Entry(
        replica: replica(UInt64(number) + 2),
        sequence: .random(in: 1...Limits.maximumSequence, using: &generator))
    }
    if sequence > 1, .random(using: &generator) {
      entries.append(
        Context.Entry(
          replica: replica(1), sequence: .random(in: 1..<sequence, using: &generator)))
    }
    return Context(entries)
  }
}
