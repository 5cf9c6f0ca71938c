import Articles
import Coding
import Documents
import Replication

/// Images that are written into a page itself, as programs do that save a page in one file.
enum EmbeddedImages {
  /// A page of HTML without such images, which are named in their places, and the images, each once.
  static func taken(outOf page: [UInt8]) -> (page: [UInt8], images: [ImageDraft]) {
    var pictures = TakenPictures()
    let text = ImageSources.replaced(in: page) { tag in
      tag.rawValue(of: "src").flatMap(bytes).flatMap { pictures.reference(to: $0) }
    }
    return (text, pictures.images)
  }

  /// What a `data:` address (RFC 2397) in base64 holds that says to be an image; nil for any other.
  static func bytes(of address: ArraySlice<UInt8>) -> [UInt8]? {
    let address = address.drop(while: \.isHTMLSpace)
    guard let comma = address.prefix(256).firstIndex(of: UInt8(ascii: ",")) else { return nil }
    let head = String(decoding: address[..<comma], as: UTF8.self).lowercased()
    guard head.hasPrefix("data:image/"), head.hasSuffix(";base64") else { return nil }
    let digits = address[address.index(after: comma)...]
    return Base64.bytes(of: digits.lazy.filter { !$0.isHTMLSpace }, count: digits.count)
  }
}

/// The images that were taken out of a page, each once.
struct TakenPictures {
  private(set) var images: [ImageDraft] = []
  private var references: Set<String> = []

  /// What stands in a text in place of an image that was taken out of it, before the SHA-256 of the
  /// image.
  static let scheme = "satchel-image:"
  /// A shorter image stays where it is, in bytes.
  static let least = 1_024

  /// Takes an image out. Returns what stands in its place; nil for one that is too short or too long,
  /// and for what is no picture.
  mutating func reference(to bytes: [UInt8]) -> String? {
    guard (TakenPictures.least...Limits.bodyBytes).contains(bytes.count),
      PictureKind(of: bytes) != nil
    else { return nil }
    let reference = TakenPictures.scheme + ContentHash(of: bytes).description
    if references.insert(reference).inserted {
      images.append(ImageDraft(reference: reference, bytes: bytes))
    }
    return reference
  }
}

/// The `src` of each `img` of a page.
enum ImageSources {
  /// The page with other ones.
  ///
  /// - Parameter source: what is to stand there; nil to leave it as it is.
  static func replaced<Failure: Error>(
    in page: [UInt8], with source: (HTMLTag) throws(Failure) -> String?
  ) throws(Failure) -> [UInt8] {
    var output: [UInt8] = []
    var end = page.startIndex
    for token in HTMLTokenizer(page[...]) {
      guard case .startTag(let tag) = token, tag.name == "img",
        let value = tag.rawValue(of: "src"), let source = try source(tag)
      else { continue }
      output += page[end..<value.startIndex]
      output += source.utf8
      end = value.endIndex
    }
    return end == page.startIndex ? page : output + page[end...]
  }
}
