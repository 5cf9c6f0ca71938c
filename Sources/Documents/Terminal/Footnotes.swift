/// The addresses that a text links to, numbered in the order they are met.
struct Footnotes {
  private(set) var addresses: [String] = []
  private var numbers: [String: Int] = [:]
  /// Those of long addresses by their target, so that none is compared as a whole twice.
  private var longNumbers: [Int: Int] = [:]

  private static let shortestLong = 64

  /// The number to print behind the link's text; nil where it would tell the reader nothing.
  mutating func number(for target: LinkTarget, text: String) -> Int? {
    let address = target.address
    guard !address.hasPrefix("#"), !isSame(address, text) else { return nil }
    guard address.utf8.count >= Footnotes.shortestLong else { return number(for: address) }
    if let number = longNumbers[target.id] { return number }
    let number = number(for: address)
    longNumbers[target.id] = number
    return number
  }

  /// Makes room once no more numbers are asked for.
  mutating func forgetNumbers() { numbers = [:] }

  private mutating func number(for address: String) -> Int {
    if let number = numbers[address] { return number }
    addresses.append(address)
    numbers[address] = addresses.count
    return addresses.count
  }

  /// Whether a link shows its own address.
  private func isSame(_ address: String, _ text: String) -> Bool {
    if address.utf8.count == text.utf8.count { return address == text }
    let mail = "mailto:"
    guard address.utf8.count == mail.utf8.count + text.utf8.count else { return false }
    return address.hasPrefix(mail)
      && address.utf8.dropFirst(mail.utf8.count).elementsEqual(text.utf8)
  }
}
