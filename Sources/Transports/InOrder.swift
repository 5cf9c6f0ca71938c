/// Maps on all cores and hands the results on in order, with a bounded number under way.
package enum InOrder {
  /// - Parameters:
  ///   - ahead: how many inputs may have been taken whose results were not handed on.
  ///   - next: the next input; nil after the last.
  ///   - transform: runs on any core.
  ///   - body: is given each result in the order of the inputs.
  package static func map<Input: Sendable, Output: Sendable>(
    ahead: Int, from next: () throws -> Input?,
    transform: @escaping @Sendable (Input) throws -> Output,
    each body: (Output) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      var ready: [Int: Output] = [:]
      var (started, taken, isAtEnd) = (0, 0, false)
      while true {
        while !isAtEnd, started - taken < ahead {
          guard let input = try next() else {
            isAtEnd = true
            break
          }
          let number = started
          group.addTask { (number, try transform(input)) }
          started += 1
        }
        guard taken < started else { return }
        while ready[taken] == nil, let (number, output) = try await group.next() {
          ready[number] = output
        }
        if let output = ready.removeValue(forKey: taken) { try await body(output) }
        taken += 1
      }
    }
  }
}
