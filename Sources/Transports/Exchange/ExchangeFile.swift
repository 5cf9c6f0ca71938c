import Files
import Replication

/// One file of an exchange, as its name tells (Protocol 7.1).
struct ExchangeFile: Hashable {
  let replica: ReplicaID
  /// Which of its writer's files it stands for.
  let numbers: ClosedRange<Int>
  /// Within the storage.
  let name: FilePath
  /// As it is remembered and shown.
  let path: FilePath
  /// In bytes.
  let length: Int

  /// Nil for any name that is not the layout's.
  init?(_ file: StoredFile, in layout: ExchangeLayout, of storage: some Storage) {
    guard let place = layout.place(of: file.name),
      let numbers = ExchangeFile.numbers(of: place.name)
    else { return nil }
    replica = place.replica
    self.numbers = numbers
    name = file.name
    path = storage.path(of: file.name)
    length = file.length
  }

  static func name(_ numbers: ClosedRange<Int>, hash: ContentHash) -> String {
    "\(numbers.lowerBound)-\(numbers.upperBound)-\(hash.description.prefix(16)).satchel"
  }

  static func isName(_ name: String) -> Bool { numbers(of: name[...]) != nil }

  private static func numbers(of name: Substring) -> ClosedRange<Int>? {
    guard name.hasSuffix(".satchel") else { return nil }
    let parts = name.dropLast(".satchel".count).split(
      separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let from = number(parts[0]), let to = number(parts[1]), from <= to,
      parts[2].utf8.count == 16,
      parts[2].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    return from...to
  }

  /// Decimal, from 1, in its one spelling.
  private static func number(_ text: Substring) -> Int? {
    guard let number = Int32(text), number >= 1, String(number) == text else { return nil }
    return Int(number)
  }
}
