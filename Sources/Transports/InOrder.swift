/// Maps on all cores and hands the results on in order, with a bounded number under way.
package enum InOrder {
  /// - Parameters:
  ///   - ahead: no more inputs are taken while those whose results were not handed on cost this
  ///     much together; asked before each.
  ///   - cost: of an input; unless it is given, each costs 1.
  ///   - next: the next input; nil after the last.
  ///   - transform: runs on any core.
  ///   - body: is given each result in the order of the inputs.
  package static func map<Input: Sendable, Output: Sendable>(
    ahead: () -> Int, cost: (Input) -> Int = { _ in 1 }, from next: () throws -> Input?,
    transform: @escaping @Sendable (Input) throws -> Output,
    each body: (Output) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      var ready: [Int: Output] = [:]
      // Of the inputs under way, in their order.
      var costs: [Int] = []
      var (taken, total, isAtEnd) = (0, 0, false)
      while true {
        while !isAtEnd, total < ahead() {
          guard let input = try next() else {
            isAtEnd = true
            break
          }
          let number = taken + costs.count
          costs.append(cost(input))
          total += costs[costs.count - 1]
          group.addTask { (number, try transform(input)) }
        }
        guard !costs.isEmpty else { return }
        while ready[taken] == nil, let (number, output) = try await group.next() {
          ready[number] = output
        }
        if let output = ready.removeValue(forKey: taken) { try await body(output) }
        total -= costs.removeFirst()
        taken += 1
      }
    }
  }
}
