import Documents

/// The pictures among the parts of a saved page, by what the page calls them.
struct MHTMLPictures {
  private let parts: [MIMEPart]
  /// Where the page was found, which the addresses in it start from.
  private let base: String?
  private var places: [String: Int] = [:]
  /// What stands in the page for a part that it names; nil for one that is no picture. A part is
  /// decoded once, however often it is named.
  private var sources: [Int: String?] = [:]

  /// A longer address is none of a part's.
  private static let longest = 8_192

  init(_ parts: [MIMEPart], of page: MIMEPart) {
    (self.parts, base) = (parts, page.head.location)
    for (place, part) in parts.enumerated() {
      if let id = part.head.id { note("cid:" + id, of: place) }
      guard let location = part.head.location else { continue }
      note(location, of: place)
      note(WebReference.resolved(location, against: base), of: place)
    }
  }

  /// Of several parts with one name the first counts.
  private mutating func note(_ name: String, of place: Int) {
    if places[name] == nil { places[name] = place }
  }

  /// What is to stand in the page for the part that an `img` shows; nil if it shows none.
  mutating func source(of tag: HTMLTag, takenBy pictures: inout TakenPictures) -> String? {
    guard let raw = tag.rawValue(of: "src"), raw.count <= MHTMLPictures.longest else { return nil }
    let address = HTMLCharacterReferences.decoded(raw).trimmed
    guard let place = places[address] ?? places[WebReference.resolved(address, against: base)]
    else { return nil }
    if let source = sources[place] { return source }
    let source = parts[place].bytes().flatMap { bytes in
      pictures.reference(to: bytes) ?? MHTMLPictures.dataAddress(of: bytes)
    }
    sources[place] = .some(source)
    return source
  }

  /// A picture that is too short to be taken out, as other saved pages have it.
  private static func dataAddress(of bytes: [UInt8]) -> String? {
    guard bytes.count < TakenPictures.least, let kind = PictureKind(of: bytes) else { return nil }
    let digits = String(decoding: Base64.text(of: bytes), as: UTF8.self)
    return "data:image/\(kind.rawValue);base64,\(digits)"
  }
}
