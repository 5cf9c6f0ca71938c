import Testing

@testable import Documents

@Suite struct HTMLNamedReferencesTests {
  private let entries = HTMLNamedReferences.table.utf8.split(separator: 0x20).map { Array($0) }

  @Test func `the table holds all names of the standard in order`() {
    let alone = entries.filter { $0.contains(UInt8(ascii: "!")) }
    #expect(entries.count + alone.count == 2231)
    #expect(alone.count == 106)
    let names = entries.map(name)
    #expect(zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    #expect(names.map(\.count).max() == HTMLNamedReferences.longestName)
    #expect(alone.map { name($0).count }.max() == HTMLNamedReferences.longestNameAlone)
  }

  @Test func `each name is found, without its semicolon only where that may be`() {
    for entry in entries {
      let name = name(entry)[...]
      let isAlone = entry.contains(UInt8(ascii: "!"))
      let characters = HTMLNamedReferences.characters(named: name, alone: false)
      #expect(characters?.isEmpty == false)
      #expect(
        HTMLNamedReferences.characters(named: name, alone: true) == (isAlone ? characters : nil))
    }
  }

  private func name(_ entry: [UInt8]) -> [UInt8] {
    Array(entry.prefix { $0.isASCIILetter || $0.isASCIIDigit })
  }
}
