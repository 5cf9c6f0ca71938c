import Satchel

/// What every page says of its library, whatever else it shows.
struct LibraryFacts: Sendable, Equatable {
  /// What this replica is called.
  var name = "Satchel"
  var conflicts = 0
  /// What the page is as new as.
  var revision: Int64 = 0
}

/// The facts as they were last read; they are read anew when the library has changed.
actor SeenFacts {
  private var last: LibraryFacts?

  func facts(of library: Library) async throws(LibraryError) -> LibraryFacts {
    // Taken first: what changes in between is read again the next time.
    let revision = try await library.revision()
    if let last, last.revision == revision { return last }
    let facts = LibraryFacts(
      name: try await library.replicaName() ?? library.shortName,
      conflicts: try await library.conflicts().count, revision: revision)
    last = facts
    return facts
  }
}
