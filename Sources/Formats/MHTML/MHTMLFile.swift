import Articles
import Documents

/// A page and what belongs to it in one file, as browsers save it (RFC 2557).
struct MHTMLFile {
  private let head: MIMEHead
  private let parts: [MIMEPart]
  private let main: MIMEPart

  /// Throws for what is no such file, and for one without a page.
  init(_ bytes: [UInt8]) throws(SkipReason) {
    let bytes = bytes[...].withoutByteOrderMark
    head = MIMEHead(bytes)
    guard head.type != nil else {
      throw .archive(reason: "it is no MHTML: its head does not say what it holds")
    }
    parts = try MIMEParts(of: bytes[head.end...], below: head).all
    guard let main = MHTMLFile.main(of: parts, head) else {
      throw .archive(reason: "it is an MHTML without a page: none of its parts is HTML")
    }
    self.main = main
  }

  /// Whether a file begins as one does, whatever its name is.
  static func isLike(_ head: ArraySlice<UInt8>) -> Bool {
    let head = head.withoutByteOrderMark
    // Whatever is not text of mail is told apart at once.
    guard head.first?.isASCIILetter == true else { return false }
    return MIMEHead(head).type?.name == "multipart/related"
  }

  /// The part that the head names, if it is a page, else the first that is (RFC 2387, 3.2).
  private static func main(of parts: [MIMEPart], _ head: MIMEHead) -> MIMEPart? {
    let start = head.type?.parameters["start"].map { $0.filter { !"<>".contains($0) } }
    let pages = parts.filter { $0.head.type?.isHTML == true }
    return pages.first { $0.head.id != nil && $0.head.id == start } ?? pages.first
  }
}

extension MHTMLFile {
  /// The page, with its pictures as any saved page has them.
  ///
  /// - Parameter encoding: how the page is read if it says nothing of that itself.
  func page(assuming encoding: TextEncoding?) throws(SkipReason) -> OpenedPage {
    guard let bytes = main.bytes() else {
      throw .archive(reason: "its page is not written as it says (\(main.head.encoding))")
    }
    let named = main.head.type?.parameters["charset"].flatMap { TextEncoding(label: $0) }
    let text = try PageText.decoded(bytes, of: .html, saidToBe: named, assuming: encoding)
    let address = [head.snapshotLocation, main.head.location].compactMap { $0 }
      .first { PageAddress.of($0) != nil }
    var page = try opened(text)
    page.envelope = OpenedPage.Envelope(
      address: address, title: head.subject?.singleLine, saved: head.date)
    return page
  }

  private func opened(_ text: [UInt8]) throws(SkipReason) -> OpenedPage {
    var parts = MHTMLPictures(parts, of: main)
    var pictures = TakenPictures()
    var length = text.count
    let text = try ImageSources.replaced(in: text) { (tag) throws(SkipReason) in
      let embedded = tag.rawValue(of: "src").flatMap(EmbeddedImages.bytes)
      let source =
        embedded.flatMap { pictures.reference(to: $0) }
        ?? parts.source(of: tag, takenBy: &pictures)
      // A few letters may name a picture of many, again and again.
      length += source?.utf8.count ?? 0
      guard length <= PageFolder.savedPageLimit else {
        throw .tooLarge(limit: PageFolder.fileSizeLimit)
      }
      return source
    }
    return OpenedPage(text: text, images: pictures.images)
  }
}
