import Coding
import Files
import Replication

/// The name of a file of an exchange (Protocol 7.1): who wrote it, and which of that replica's files
/// it stands for.
package struct ExchangeName: Sendable, Hashable {
  package let replica: ReplicaID
  /// Which of its writer's files it stands for.
  package let numbers: ClosedRange<Int>
  private let hash: String

  init(_ replica: ReplicaID, _ numbers: ClosedRange<Int>, hash: ContentHash) {
    self.replica = replica
    self.numbers = numbers
    self.hash = String(hash.description.prefix(16))
  }

  /// Reads `<replica>-<from>-<to>-<hash>.satchel`; nil for any other name.
  package init?(_ text: String) {
    guard let hyphen = text.firstIndex(of: "-"),
      let replica = ExchangeName.replica(String(text[..<hyphen]))
    else { return nil }
    self.init(text[text.index(after: hyphen)...], of: replica)
  }

  /// Reads `<from>-<to>-<hash>.satchel`, as files are called in a folder of their writer's own.
  init?(_ text: some StringProtocol, of replica: ReplicaID) {
    guard text.hasSuffix(ExchangeName.ending) else { return nil }
    let parts = text.dropLast(ExchangeName.ending.count).split(
      separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let from = ExchangeName.number(parts[0]),
      let to = ExchangeName.number(parts[1]), from <= to, parts[2].utf8.count == 16,
      parts[2].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.replica = replica
    numbers = from...to
    hash = String(parts[2])
  }

  private static let ending = ".satchel"

  /// As it is remembered and written.
  package var text: String {
    "\(replica)-\(numbers.lowerBound)-\(numbers.upperBound)-\(hash)\(ExchangeName.ending)"
  }

  /// Whether a file of this name may be one of an exchange, which its writer alone deletes.
  package static func isName(_ name: String) -> Bool {
    let nobody = ReplicaID(Identifier(high: 0, low: 0))
    return ExchangeName(name) != nil || ExchangeName(name, of: nobody) != nil
  }

  /// The replica that this text is the id of, in its one spelling.
  static func replica(_ text: String) -> ReplicaID? {
    guard text.utf8.count == 32, text == text.lowercased(),
      let bytes = Hexadecimal.bytes(of: text), let key = Identifier(bytes: bytes)
    else { return nil }
    return ReplicaID(key)
  }

  /// Decimal, from 1, in its one spelling.
  private static func number(_ text: some StringProtocol) -> Int? {
    guard let number = Int32(text), number >= 1, String(number) == text else { return nil }
    return Int(number)
  }
}

extension ExchangeName {
  /// Whether it lies within this one's numbers and has not all of them, and its writer is the same.
  func stands(for other: ExchangeName) -> Bool {
    replica == other.replica && numbers != other.numbers && numbers.contains(other.numbers)
  }

  /// Whether files of its writer with these numbers make up all of its own.
  func isStoodFor(by others: [ClosedRange<Int>]) -> Bool {
    func sequences(_ numbers: ClosedRange<Int>) -> ClosedRange<UInt64> {
      UInt64(numbers.lowerBound)...UInt64(numbers.upperBound)
    }
    // Two files to which one number was given are not the same.
    let within = others.filter { numbers != $0 && numbers.contains($0) }
    return SequenceSet(sequences(numbers)).subtracting(SequenceSet(within.map(sequences))).isEmpty
  }
}

extension ExchangeName: Comparable {
  /// By writer, then by number.
  package static func < (left: ExchangeName, right: ExchangeName) -> Bool {
    (left.replica, left.numbers.upperBound, left.numbers.lowerBound, left.hash)
      < (right.replica, right.numbers.upperBound, right.numbers.lowerBound, right.hash)
  }
}
