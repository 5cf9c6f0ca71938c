import Testing

@testable import Documents

@Suite struct LinkTargetTests {
  @Test func `an address has one number, however it is come by`() {
    var targets = LinkTargets()
    for length in [0, 1, 15, 16, 63, 64, 1000] {
      let address = String(repeating: "a", count: length)
      let copy = String(Array(address))
      let first = targets.target(address)
      #expect(targets.target(copy) == first)
      #expect(targets.target(address) == first)
      #expect(targets.target(address + "b") != first)
      #expect(first.address == address)
    }
  }

  @Test func `what is forgotten has other numbers, the open link and long ones the same`() {
    var targets = LinkTargets()
    let long = targets.target(String(repeating: "a", count: 100))
    let open = targets.target("open")
    let first = targets.target("0")
    targets.forget(but: open)
    #expect(targets.target("0") == first)
    for number in 1..<5000 { _ = targets.target("\(number)") }
    targets.forget(but: open)
    #expect(targets.target("0") != first)
    #expect(targets.target("open") == open)
    #expect(targets.target(String(repeating: "a", count: 100)) == long)
  }

  @Test func `links to one long address are one link, to another not`() {
    let long = "https://example.org/" + String(repeating: "a", count: 100)
    let page = "[a][r][b](\(long))[c](\(long)b)\n\n[r]: \(long)"
    #expect(
      document(page).blocks == [
        .paragraph([
          .link(destination: long, [.text("ab")]), .link(destination: long + "b", [.text("c")]),
        ])
      ])
    #expect(
      terminalText(page, .markdown, width: 40) == "ab[1]c[2]\n\n[1] \(long)\n[2] \(long)b")
  }
}
