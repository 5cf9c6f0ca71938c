import Articles
import Replication

/// Operations no honest replica writes: dots used twice, equal stamps, contexts out of the air,
/// fields and values this version does not know.
enum HostileOperations {
  /// Ascending by sequence, of one of three replicas; sometimes none.
  static func ofOneReplica(
    using generator: inout some RandomNumberGenerator
  ) throws -> [Operation] {
    let replica = Sample.replica(.random(in: 90...92, using: &generator))
    var operations: [Operation] = []
    for sequence in UInt64(1)...4 where Bool.random(using: &generator) {
      let operation = try? Operation(
        dot: Dot(replica: replica, sequence: sequence),
        stamp: Sample.stamp(.random(in: 0...2, using: &generator)),
        register: register(using: &generator), value: value(using: &generator),
        context: context(using: &generator))
      // One whose context covers itself is refused; the frame then has a gap.
      if let operation { operations.append(operation) }
    }
    return operations
  }

  private static func register(
    using generator: inout some RandomNumberGenerator
  ) throws -> RegisterID {
    let fields = [
      ArticleField.note, ArticleField.title, try Field(bytes: Array("tag/".utf8) + [0xff]),
      try Field(bytes: Array("tag/".utf8) + [0xfe]), ArticleField.body,
    ]
    return RegisterID(
      Sample.article(.random(in: 0..<2, using: &generator)).entity,
      fields.randomElement(using: &generator) ?? ArticleField.note)
  }

  private static func value(using generator: inout some RandomNumberGenerator) throws -> Value {
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: .flag(true)
    case 1: .integer(.random(in: -1...1, using: &generator))
    case 2: try .text("a\0b")
    case 3: try .data([UInt8](repeating: 7, count: 32))
    default: try Value(canonical: [200, 1, 2])
    }
  }

  private static func context(using generator: inout some RandomNumberGenerator) -> Context? {
    guard Int.random(in: 0..<4, using: &generator) > 0 else { return nil }
    return Context(
      (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        Context.Entry(
          replica: Sample.replica(.random(in: 90...92, using: &generator)),
          sequence: .random(in: 1...3, using: &generator))
      })
  }
}
