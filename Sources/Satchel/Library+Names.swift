import LibraryStore

/// What articles are found by, with counts.
extension Library {
  /// Every tag in use, by name, archived articles counted apart.
  public func tagCounts() async throws(LibraryError) -> [NameCount] {
    try await LibraryError.wrapping { try await store.tagCounts() }
  }

  /// Every site of an article, by name, likewise.
  public func siteCounts() async throws(LibraryError) -> [NameCount] {
    try await LibraryError.wrapping { try await store.siteCounts() }
  }
}
