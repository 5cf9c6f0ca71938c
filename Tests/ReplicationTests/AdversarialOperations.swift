import Replication

/// Operations on one register that no honest replica would write together: dots used twice,
/// equal stamps, contexts out of the air.
enum AdversarialOperations {
  static func list(
    count: Int, using generator: inout some RandomNumberGenerator
  ) throws -> [Operation] {
    var operations: [Operation] = []
    while operations.count < count {
      let operation = try? Sample.operation(
        .random(in: 1...3, using: &generator), .random(in: 1...3, using: &generator),
        stamp: .random(in: 0...2, using: &generator),
        value: .integer(.random(in: 0...1, using: &generator)), context: context(&generator))
      // One whose context covers itself is refused; another takes its place.
      if let operation { operations.append(operation) }
    }
    return operations
  }

  private static func context(_ generator: inout some RandomNumberGenerator) -> Context? {
    guard Int.random(in: 0..<4, using: &generator) > 0 else { return nil }
    let count = Int.random(in: 0...3, using: &generator)
    return Context(
      (0..<count).map { _ in
        Context.Entry(
          replica: Sample.replica(.random(in: 1...3, using: &generator)),
          sequence: .random(in: 1...3, using: &generator))
      })
  }
}
