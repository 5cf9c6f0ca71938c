import Articles
import Coding
import Documents
import Replication

/// Images that are written into a page itself, as programs do that save a page in one file.
enum EmbeddedImages {
  /// What stands in a text in place of an image that was taken out of it, before the SHA-256 of the
  /// image.
  static let scheme = "satchel-image:"
  /// A shorter image stays where it is, in bytes.
  static let least = 1_024

  /// A page of HTML without such images, which are named in their places, and the images, each once.
  static func taken(outOf page: [UInt8]) -> (page: [UInt8], images: [ImageDraft]) {
    var (output, images): ([UInt8], [ImageDraft]) = ([], [])
    var references: Set<String> = []
    var end = page.startIndex
    for token in HTMLTokenizer(page[...]) {
      guard case .startTag(let tag) = token, tag.name == "img",
        let value = tag.rawValue(of: "src"), let bytes = bytes(of: value)
      else { continue }
      let reference = scheme + ContentHash(of: bytes).description
      output += page[end..<value.startIndex]
      output += reference.utf8
      end = value.endIndex
      if references.insert(reference).inserted {
        images.append(ImageDraft(reference: reference, bytes: bytes))
      }
    }
    return images.isEmpty ? (page, []) : (output + page[end...], images)
  }

  /// The image in a `data:` address (RFC 2397) in base64; nil for any other, for one that is too short
  /// or too long, and for what is no picture.
  private static func bytes(of address: ArraySlice<UInt8>) -> [UInt8]? {
    let address = address.drop(while: \.isHTMLSpace)
    guard let comma = address.prefix(256).firstIndex(of: UInt8(ascii: ",")) else { return nil }
    let head = String(decoding: address[..<comma], as: UTF8.self).lowercased()
    guard head.hasPrefix("data:image/"), head.hasSuffix(";base64") else { return nil }
    let digits = address[address.index(after: comma)...].filter { !$0.isHTMLSpace }
    guard let bytes = Base64.bytes(of: String(decoding: digits, as: UTF8.self)),
      (least...Limits.bodyBytes).contains(bytes.count), PictureKind(of: bytes) != nil
    else { return nil }
    return bytes
  }
}
