/// Where random numbers come from: the system, unless whoever runs a whole library from a seed has
/// them come from there.
package struct RandomSource: RandomNumberGenerator, Sendable {
  private let draw: @Sendable () -> UInt64

  /// - Parameter draw: the next number. Keys are made of them.
  package init(_ draw: @escaping @Sendable () -> UInt64) {
    self.draw = draw
  }

  package func next() -> UInt64 { draw() }

  /// The system's, which nobody can guess.
  package static let system = RandomSource {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }
}
