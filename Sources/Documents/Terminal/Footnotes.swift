/// The addresses that a text links to, numbered in the order they are met.
struct Footnotes {
  private(set) var addresses: [String] = []
  private var numbers: [String: Int] = [:]

  /// The number to print behind the link's text; nil where it would tell the reader nothing.
  mutating func number(for address: String, text: String) -> Int? {
    guard address != text, address != "mailto:" + text, !address.hasPrefix("#") else { return nil }
    if let number = numbers[address] { return number }
    addresses.append(address)
    numbers[address] = addresses.count
    return addresses.count
  }
}
