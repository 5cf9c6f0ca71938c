import Coding
import Files
import Replication

/// The name of a file of an exchange (Protocol 7.1): who wrote it, and which of that replica's files
/// it stands for.
///
/// It is held in 32 bytes, since anybody can fill a place with names.
package struct ExchangeName: Sendable, Hashable {
  package let replica: ReplicaID
  private let first: Int32
  private let last: Int32
  /// The first eight bytes of the hash.
  private let hash: UInt64

  /// - Parameter numbers: from 1 to at most 2^31 - 1.
  init(_ replica: ReplicaID, _ numbers: ClosedRange<Int>, hash: ContentHash) {
    self.replica = replica
    first = Int32(numbers.lowerBound)
    last = Int32(numbers.upperBound)
    self.hash = hash.first.high
  }

  /// Which of its writer's files it stands for.
  package var numbers: ClosedRange<Int> { Int(first)...Int(last) }

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
      parts[2].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
      let hash = UInt64(parts[2], radix: 16)
    else { return nil }
    self.replica = replica
    (first, last, self.hash) = (from, to, hash)
  }

  private static let ending = ".satchel"

  /// As it is remembered and written.
  package var text: String { "\(replica)-\(textWithoutReplica)" }

  /// As it is called in a folder of its writer's own.
  var textWithoutReplica: String {
    let digits = String(hash, radix: 16)
    let zeros = String(repeating: "0", count: 16 - digits.count)
    return "\(first)-\(last)-\(zeros)\(digits)\(ExchangeName.ending)"
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
  private static func number(_ text: some StringProtocol) -> Int32? {
    guard let number = Int32(text), number >= 1, String(number) == text else { return nil }
    return number
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
    (left.replica, left.last, left.first, left.hash)
      < (right.replica, right.last, right.first, right.hash)
  }
}
