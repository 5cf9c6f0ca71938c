import LibraryStore
import Replication

/// The images of an article, by the references in its text.
public struct ArticleImages: Sendable {
  private let images: [String: NamedImage]

  init(_ images: [NamedImage]) {
    self.images = Dictionary(images.map { ($0.name, $0) }) { $1 }
  }

  /// The hash of an image, whose bytes ``Library/body(_:)`` has unless they are missing here; nil where
  /// the article has none of that name.
  ///
  /// - Parameter reference: as the text writes it.
  public subscript(reference: String) -> ContentHash? {
    images[ImageName.name(of: reference)]?.hash
  }

  /// Whether an image that the text names by an address of the web is not here.
  ///
  /// - Parameter reference: as the text writes it.
  public func isAway(_ reference: String) -> Bool {
    let scheme = reference.prefix { $0 != ":" }.lowercased()
    guard ["http", "https"].contains(scheme), reference.count > scheme.count else { return false }
    return images[ImageName.name(of: reference)]?.isMissing ?? true
  }
}

extension Library {
  /// The images of an article.
  public func images(of row: ArticleRow) async throws(LibraryError) -> ArticleImages {
    try await LibraryError.wrapping { ArticleImages(try await store.images(of: row.id)) }
  }
}
