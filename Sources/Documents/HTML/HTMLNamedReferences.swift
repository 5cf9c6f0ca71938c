/// The characters that the HTML standard gives names, such as `eacute` (section 13.5).
enum HTMLNamedReferences {
  /// The longest names that stand for something with and without a semicolon behind them.
  static let longestName = 31
  static let longestNameAlone = 6

  /// The UTF-8 of what a name stands for.
  ///
  /// - Parameter alone: whether no semicolon follows it, which only old names allow.
  static func characters(named name: ArraySlice<UInt8>, alone: Bool) -> [UInt8]? {
    guard !name.isEmpty, let entry = entry(named: name) else { return nil }
    let value = bytes[(entry + name.count)..<end(of: entry)]
    if alone && value.first != UInt8(ascii: "!") { return nil }
    return utf8(of: value.dropFirst())
  }
}

extension HTMLNamedReferences {
  private static let bytes = Array(table.utf8)
  /// Where each entry begins.
  private static let starts = [0] + bytes.indices.filter { bytes[$0] == 0x20 }.map { $0 + 1 }

  private static func end(of entry: Int) -> Int {
    bytes[entry...].firstIndex(of: 0x20) ?? bytes.endIndex
  }

  /// The place of a name's entry, by halving.
  private static func entry(named name: ArraySlice<UInt8>) -> Int? {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      let entry = bytes[starts[middle]...]
      let entryName = entry.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "!") }
      if entryName.elementsEqual(name) { return starts[middle] }
      if entryName.lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The characters of numbers like `3C+338`.
  private static func utf8(of numbers: ArraySlice<UInt8>) -> [UInt8] {
    numbers.split(separator: UInt8(ascii: "+")).flatMap { digits in
      let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
      return Array(String(number.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}").utf8)
    }
  }
}
