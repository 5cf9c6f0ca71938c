import Articles
import Documents
import Files
import TestSupport
import Testing

@testable import Formats

/// Images that are written into a page itself.
struct EmbeddedImagesTests {
  private struct Case: Decodable {
    let name: String
    let html: String
    let value: Value

    struct Value: Decodable, Equatable {
      let html: String
      let images: [Image]
    }

    struct Image: Decodable, Equatable {
      let reference: String
      let length: Int
    }
  }

  @Test func `they are taken out as the vectors say`() throws {
    let vectors: [Case] = try VectorFile.cases(in: "images")
    #expect(vectors.count >= 10)
    for vector in vectors {
      let (page, images) = EmbeddedImages.taken(outOf: Array(vector.html.utf8))
      let value = Case.Value(
        html: String(decoding: page, as: UTF8.self),
        images: images.map { Case.Image(reference: $0.reference, length: $0.bytes.count) })
      #expect(value == vector.value, "\(vector.name)")
    }
  }

  @Test func `a saved page keeps its pictures, and may be long for them`() throws {
    var reader = PageReader.markdown
    #expect(reader.textLimit == 16 << 20)
    reader.textLimit = 64 << 10
    let picture =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 7, count: 64 << 10)
    let address =
      "data:image/png;base64," + String(decoding: Base64.text(of: picture), as: UTF8.self)
    let page = "<title>T</title><p>Some words.</p><img src=\"\(address)\">"
    let draft = try reader.draft(
      of: Array(page.utf8), at: PagePath("a.html"), images: { _ in nil })
    #expect(draft.images.map(\.bytes) == [picture])
    let reference = try #require(draft.images.first?.reference)
    #expect(String(decoding: draft.body, as: UTF8.self).hasSuffix("<img src=\"\(reference)\">"))
    #expect(draft.source?.bytes.count == page.utf8.count)
    // What is left of it may not be.
    let words = String(repeating: "word ", count: 16 << 10)
    #expect(throws: SkipReason.tooLarge(limit: reader.textLimit)) {
      _ = try reader.draft(
        of: Array((page + words).utf8), at: PagePath("a.html"), images: { _ in nil })
    }
  }
}
