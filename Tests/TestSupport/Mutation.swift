/// Damages files at random: bytes, pieces, ends, copies, and what formats are made of.
package struct Mutation {
  /// What is put in between.
  private let fragments: [String]

  package init(fragments: [String] = []) { self.fragments = fragments }

  /// How often a fixture is damaged: ten thousand times where there is time for it.
  package static let count = Effort.isLong ? 10_000 : 50
  /// The mutations of a fixture in parts, each with a seed of its own.
  package static let seeds: Range<UInt64> = 0..<10
  package static let perSeed = count / 10

  /// Damages a file in one to eight places.
  package func damage(_ bytes: inout [UInt8], using generator: inout some RandomNumberGenerator) {
    for _ in 0..<Int.random(in: 1...8, using: &generator) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &generator)
      let end = min(bytes.count, index + Int.random(in: 0...40, using: &generator))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.removeSubrange(index..<end)
      // A file that ends is of little use to those that come after.
      case 2 where Bool.random(using: &generator): bytes.removeSubrange(index...)
      case 2, 3: bytes.insert(contentsOf: bytes[index..<end], at: index)
      default:
        let fragment = fragments.randomElement(using: &generator) ?? ""
        bytes.insert(contentsOf: Array(fragment.utf8), at: index)
      }
    }
  }
}
