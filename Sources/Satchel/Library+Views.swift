import Articles
import Foundation
import LibraryStore
import Replication

/// Queries that people keep; they belong to the library and travel.
extension Library {
  /// The views, by name. One whose query this version cannot read is listed all the same.
  public func views() async throws(LibraryError) -> [ArticleView] {
    try await LibraryError.wrapping { try await store.views() }
  }

  /// Makes a view, or gives it another query and order. Returns whether anything changed.
  ///
  /// Throws `filter` for a query that does not read, `query` for one that names a view which is not
  /// there or leads back to this one, `invalid` for a name that no view can have.
  @discardableResult
  public func setView(_ view: ArticleView) async throws(LibraryError) -> Bool {
    let name = view.name.precomposedStringWithCanonicalMapping
    guard ArticleView.isName(name) else {
      throw .invalid(
        "a view's name has 1 to \(ArticleView.maximumNameBytes) bytes, no spaces and none of "
          + "( ) @ : * or quotation marks")
    }
    return try await LibraryError.wrapping {
      try await store.check(ArticleFilter(view.query), of: name)
      let named = ArticleView(
        name: name, query: view.query, sort: view.sort, isReversed: view.isReversed)
      return try await write(named.edits(for: ArticleView.key(of: name)))
    }
  }

  /// Takes a view away, here and wherever this library is merged. Throws `query` where there is none.
  public func removeView(_ name: String) async throws(LibraryError) {
    guard let view = try await view(named: name) else { throw .query(.noSuchView(name)) }
    _ = try await write([ArticleView.deletion(of: ArticleView.key(of: view.name), true)])
  }

  /// The view of this name; nil where there is none.
  public func view(named name: String) async throws(LibraryError) -> ArticleView? {
    try await LibraryError.wrapping {
      try await store.view(named: name.precomposedStringWithCanonicalMapping)
    }
  }

  private func write(_ edits: [Edit]) async throws(LibraryError) -> Bool {
    try await LibraryError.wrapping {
      try await !store.write(
        edits, action: action ?? ActionLabel("view"), now: now(), dryRun: isDryRun
      ).changed.isEmpty
    }
  }
}
