import Satchel

/// Which bodies are pictures that a page shows: it is read from their first bytes once.
actor KnownPictures {
  private var known: [ContentHash: Bool] = [:]

  /// So many are remembered; then all are looked at anew.
  private static let count = 10_000
  /// Of one article so many are looked at; of others their words are shown.
  private static let ofArticle = 1_000

  /// Those of some bodies that are pictures.
  func pictures(
    among bodies: Set<ContentHash>, in library: Library
  ) async throws(LibraryError) -> Set<ContentHash> {
    var pictures: Set<ContentHash> = []
    for hash in bodies.sorted().prefix(KnownPictures.ofArticle) {
      if try await isPicture(hash, in: library) { pictures.insert(hash) }
    }
    return pictures
  }

  private func isPicture(
    _ hash: ContentHash, in library: Library
  ) async throws(LibraryError) -> Bool {
    if let isPicture = known[hash] { return isPicture }
    let isPicture = try await library.pictureKind(of: hash) != nil
    if known.count >= KnownPictures.count { known = [:] }
    known[hash] = isPicture
    return isPicture
  }
}
