import Articles
import TestSupport
import Testing

/// `Protocol/vectors/addresses.json`, made canonical by Swift.
struct AddressVectorTests {
  struct Vector: Codable {
    let name: String
    let address: String
    let value: Value

    struct Value: Codable, Equatable {
      let canonical: String
      let site: String?

      init(of address: String) {
        canonical = CanonicalURL.text(of: address)
        site = CanonicalURL.host(of: address)
      }

      /// A site that is none is written too.
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(canonical, forKey: .canonical)
        try container.encode(site, forKey: .site)
      }
    }
  }

  @Test func `every address has the canonical form and the site beside it`() throws {
    let vectors: [Vector] = try VectorFile.cases(in: "addresses")
    #expect(vectors.count >= 120)
    for vector in vectors {
      // Compared as bytes: a `String` equals another spelling of its characters.
      let found = Vector.Value(of: vector.address)
      #expect(
        Array(found.canonical.utf8) == Array(vector.value.canonical.utf8), "\(vector.name)")
      #expect(found.site == vector.value.site, "\(vector.name)")
      #expect(Vector.Value(of: found.canonical) == found, "\(vector.name)")
    }
  }

  @Test func `a label of any length takes time in proportion to its length`() {
    let label = String(repeating: "中", count: 100_000)
    #expect(CanonicalURL.text(of: "https://\(label)/").utf8.count == 8 + 900_000)
  }
}
