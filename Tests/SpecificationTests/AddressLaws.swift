import Articles
import Foundation
import TestSupport
import Testing

/// Canonical addresses over random ones (Protocol 5.3).
struct AddressLaws {
  @Test func `the canonical form of a canonical form is itself`() {
    for seed in UInt64(1)...5_000 {
      let address = AddressLaws.address(seed: seed)
      let canonical = CanonicalURL.text(of: address)
      #expect(
        Array(CanonicalURL.text(of: canonical).utf8) == Array(canonical.utf8),
        "seed \(seed): \(address.debugDescription)")
      #expect(
        CanonicalURL.host(of: canonical) == CanonicalURL.host(of: address),
        "seed \(seed): \(address.debugDescription)")
    }
  }

  @Test func `however a page is spelt it is one page, and two pages are never one`() {
    var pages: [String: PageAddress] = [:]
    for seed in UInt64(1)...5_000 {
      var generator = SeededGenerator(seed: seed)
      let page = PageAddress(using: &generator)
      let spellings = (0..<3).map { _ in page.spelling(using: &generator) }
      let canonical = CanonicalURL.text(of: spellings[0])
      for spelling in spellings.dropFirst() {
        #expect(
          CanonicalURL.text(of: spelling) == canonical, "seed \(seed): \(spellings[0]) \(spelling)")
      }
      let other = pages.updateValue(page, forKey: canonical)
      #expect(other == nil || other == page, "seed \(seed): \(canonical)")
    }
    #expect(pages.count > 2_500)
  }

  @Test(.enabled(if: Python.isPresent, "python3 is not installed"))
  func `random addresses have the same canonical form in Python`() async throws {
    try await withTemporaryFolder { folder in
      let vectors = (UInt64(1)...5_000).map { seed in
        let address = AddressLaws.address(seed: seed)
        return AddressVectorTests.Vector(
          name: "seed \(seed)", address: address, value: .init(of: address))
      }
      try JSONEncoder().encode(["cases": vectors])
        .write(to: folder.appending(path: "addresses.json"))
      let answer = try Python.run(
        [Repository.mergeRules.path, "--vectors", folder.path], in: folder)
      #expect(answer.output == "5000 passed, 0 failed\n", "\(answer.errors.prefix(2_000))")
    }
  }

  /// A few pieces that mean something in addresses, in any order.
  private static func address(seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...14, using: &generator)
    let start = ["http://", "https://", "HTTPS://www.", ""].randomElement(using: &generator) ?? ""
    return (0..<count).reduce(into: start) { text, _ in
      text += pieces.randomElement(using: &generator) ?? ""
    }
  }

  private static let pieces = [
    "a", "B", "4", "www.", "xn--", ".", "-", "~", "%", "%4", "%34", "%31", "%2e", "%7E", "%25",
    "%2F", "%2f", "%3A", "%E4%B8%AD", "%e4%b8", "%ff", "%00", "%80", "中", "ü", "e\u{301}", "👍",
    "。", "\u{ff0e}", "%EF%BD%A1", ":", ":80", ":443", ":8080", "[", "::1", "]", "@", "/", "//", "?",
    "#", "!", "&", "=", "utm_x=1", "UTM_", "fbclid", "/media/", "://", " ", "\t", "\0", "\u{7f}",
    "\u{a0}", "\u{85}", "+", "|", "\"", "\\",
  ]
}
