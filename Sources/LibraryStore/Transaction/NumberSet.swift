/// A set of interned numbers, which are dense: an eighth of a byte for each there is, where a set of
/// identifiers would take some thirty for each in it.
package struct NumberSet: Sendable {
  private var words: [UInt64] = []
  package private(set) var count = 0

  package init() {}

  /// `number` is not negative.
  mutating func insert(_ number: Int64) {
    let (word, bit) = (Int(number / 64), UInt64(1) << UInt64(number % 64))
    while words.count <= word { words.append(contentsOf: repeatElement(0, count: 1 + words.count)) }
    if words[word] & bit == 0 {
      words[word] |= bit
      count += 1
    }
  }

  /// Those in the set, ascending.
  var numbers: [Int64] {
    var numbers: [Int64] = []
    numbers.reserveCapacity(count)
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        numbers.append(Int64(64 * index + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return numbers
  }

  package mutating func formUnion(_ other: NumberSet) {
    if other.words.count > words.count {
      words.append(contentsOf: repeatElement(0, count: other.words.count - words.count))
    }
    for (index, word) in other.words.enumerated() { words[index] |= word }
    count = words.reduce(0) { $0 + $1.nonzeroBitCount }
  }
}
