import Documents
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

  /// The hash of an image whose bytes are here; nil for another one.
  ///
  /// - Parameter reference: as the text writes it.
  public func held(_ reference: String) -> ContentHash? {
    images[ImageName.name(of: reference)].flatMap { $0.isMissing ? nil : $0.hash }
  }

  /// The hashes of all images whose bytes are here.
  public var held: Set<ContentHash> { Set(images.values.filter { !$0.isMissing }.map(\.hash)) }

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
  /// What a picture is by its first bytes; nil where a body is none, or is missing here.
  public func pictureKind(of hash: ContentHash) async throws(LibraryError) -> PictureKind? {
    let start = try await LibraryError.wrapping {
      try await store.beginning(of: hash, upTo: Library.pictureMarkBytes)
    }
    return start.flatMap { PictureKind(of: $0) }
  }

  /// As many bytes tell what a picture is.
  private static let pictureMarkBytes = 16

  /// The images of an article.
  public func images(of row: ArticleRow) async throws(LibraryError) -> ArticleImages {
    try await LibraryError.wrapping { ArticleImages(try await store.images(of: row.id)) }
  }
}
