/// An article as an importer read it: metadata, the body's bytes and its reader's state, before it has
/// a place in a library.
///
/// Times are ISO 8601 text, either a date (`2020-03-13`) or an instant in UTC
/// (`2020-03-13T09:30:00Z`), so that they order as text.
public struct ArticleDraft: Sendable, Equatable {
  public var title: String
  /// Whether a person typed the title: imports no longer change it then.
  public var isTitleTyped = false
  /// The original's address as found; identity uses its canonical form.
  public var url: String?
  public var author: String?
  public var editor: String?
  public var site: String?
  public var published: String?
  /// A BCP 47 tag such as `zh-Hans`.
  public var language: String?
  public var summary: String?
  public var tags: [String]
  /// Those of the tags that an import puts on every article, whatever its file says.
  package var givenTags: Set<String> = []
  public var format: BodyFormat
  /// The text, stored unchanged and named by its SHA-256; empty for an article that is an address and
  /// no more.
  public var body: [UInt8]
  /// The relative images the body names; each becomes a body of its own.
  public var images: [ImageDraft]
  /// Those of them that are not held here.
  package var storedImages: [StoredImage] = []
  /// Where the images lie that the body names, found or not, below what is imported.
  package var imagePlaces: [String] = []
  /// What its reader made of it where it comes from.
  public var state = DraftState()
  /// Whether an export file tells all this: then all of it is written only where nothing ever was, as
  /// old as its state is.
  public var isRecorded = false
  /// The file it was read from; nil for an article that was made otherwise, and for one that a
  /// library wrote.
  package var source: SourceDraft?

  public init(title: String, format: BodyFormat, body: [UInt8]) {
    self.title = title
    self.format = format
    self.body = body
    self.tags = []
    self.images = []
  }

  /// An article that is an address and has no text.
  ///
  /// - Parameters:
  ///   - title: its title; empty where none is known.
  ///   - url: the address as found.
  public init(title: String, url: String) {
    self.init(title: title, format: .text, body: [])
    self.url = url
  }
}

/// An image that lies beside an imported page.
public struct ImageDraft: Sendable, Equatable {
  /// The reference exactly as the body writes it, such as `images/map.png`.
  public var reference: String
  public var bytes: [UInt8]

  public init(reference: String, bytes: [UInt8]) {
    self.reference = reference
    self.bytes = bytes
  }
}

/// The file that an article was read from.
package struct SourceDraft: Sendable, Equatable {
  /// All of it, as it lay on the disk.
  package var bytes: [UInt8]
  /// The version of the rules by which it was read.
  package var reader: Int

  package init(bytes: [UInt8], reader: Int) {
    self.bytes = bytes
    self.reader = reader
  }
}

/// How an article's text is written.
public enum BodyFormat: String, Sendable, CaseIterable, Codable {
  /// Markdown, which may hold inline HTML.
  case markdown
  case html
  case text
}
