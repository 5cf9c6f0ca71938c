import Articles
import Documents

/// A Markdown page that a library wrote: front matter with all that it holds of the article, and the
/// text below it, byte for byte.
///
/// Its front matter says `satchel: 1`. In any other page front matter is a part of the text.
enum ExportedPage {
  /// The properties of the front matter, in the order in which they are written. What they are
  /// called follows Obsidian's clipper where that has a name.
  enum Property: String, CaseIterable {
    case title, source, author, editor, site, published, created, language, description, tags
    case read, starred, archived, progress, rating, note, format, pictures
    /// The version of this layout.
    case satchel
  }

  static let version = "1"

  /// The site that an address stands for by itself.
  static func site(of url: String?) -> String? { url.flatMap { CanonicalURL.host(of: $0) } }
}
