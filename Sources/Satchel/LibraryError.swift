import Files
import Formats
import LibraryStore
import Replication
import Sealing
import SyncSession
import Transports

/// What any verb of a ``Library`` can throw.
public enum LibraryError: Error, Sendable {
  /// The database: none here, busy, damaged, full, from a newer version.
  case store(StoreError)
  /// A bundle that was to be merged, by its path; nothing of it was applied.
  case bundle(path: String, BundleError)
  /// A bundle that was only to be read.
  case bundleNotRead(path: String, BundleError)
  /// Folders that were to be merged hold no bundle.
  case noBundles(paths: [String])
  /// A bundle that could not be written; no unfinished file is left.
  case bundleNotWritten(path: String, BundleError)
  /// A folder or store that replicas share, and that cannot be read or written; what was merged before stays.
  case folderNotSynchronized(path: String, BundleError)
  /// A place that was exchanged with before, and in which nothing of the library is now.
  case placeEmptied(path: String)
  /// A place with another library's files and none of this one's.
  case placeOfAnotherLibrary(path: String)
  /// The replica at this target cannot be reached, or the connection to it failed; what was merged
  /// before stays.
  case connection(target: String, ConnectionError)
  /// The replica at this target and this one do not understand each other, or it gave up.
  case session(target: String, SessionError)
  /// The secret or an invitation.
  case sealing(SealingError)
  /// The library has no `secret` any more.
  case secretMissing(path: String)
  /// The folder's `secret` cannot be read: the system's reason.
  case secretUnreadable(path: String, reason: String)
  /// The folder's secret is another library's than its database.
  case secretOfAnotherLibrary(path: String)
  /// A backup holds no secret, and none was given.
  case backupWithoutSecret(path: String)
  /// An invitation is another library's than a backup.
  case backupOfAnotherLibrary(path: String)
  /// A folder without a database holds another library's secret, which is not overwritten.
  case secretInTheWay(path: String)
  /// A folder that should be made cannot be.
  case folderUnwritable(path: String, reason: String)
  /// A file with text for the library cannot be read.
  case fileNotRead(FileError)
  /// A new file cannot be written, or is there already.
  case fileNotWritten(FileError)
  /// No article is named so.
  case noSuchArticle(String)
  /// Several are: the beginnings of their ids.
  case ambiguousArticle(String, candidates: [String])
  /// No replica is named so, or several are.
  case noSuchReplica(String, candidates: [String])
  case noSuchRemote(String)
  /// No operation or conflict is what was asked for, in words.
  case noSuchOperation(String)
  /// No highlight is named so, or several are: the beginnings of their ids.
  case noSuchHighlight(String)
  case ambiguousHighlight(String, candidates: [String])
  /// The text of the article of this id is missing here.
  case textMissing(String)
  /// A passage does not stand in the text of the article of this id.
  case noSuchPassage(String)
  /// A passage stands in a text so many times, and nothing says which is meant.
  case ambiguousPassage(count: Int)
  /// The article was deleted; it can be restored.
  case deletedArticle(String)
  /// No article is what a query asks for, so that nothing is exported.
  case nothingMatches
  /// No action is kept that could be undone.
  case nothingToUndo
  /// Something was done since the action that was to be undone.
  case actedSince
  /// No article bears the tag; one that may have been meant.
  case noSuchTag(String, nearest: String? = nil)
  /// A text is no query; the error says where.
  case filter(FilterError)
  /// A query cannot be answered.
  case query(QueryError)
  /// A path to import cannot be read.
  case importUnreadable(path: String, SkipReason)
  /// A git repository to import cannot be read.
  case repository(path: String, GitProblem)
  /// A source to prune by shows none of the pages that it had.
  case sourceEmptied(path: String, pages: Int)
  /// A program is not installed here that the work needs.
  case programMissing(String)
  /// The work was given up before it had committed anything.
  case cancelled
  /// Work that commits bit by bit ended early; what it had committed stays.
  indirect case endedEarly(LibraryError, Committed)
  /// A number or a name out of its bounds, in words.
  case invalid(String)
  /// What none of the layers has a name for: the system's reason.
  case unexpected(reason: String)
}

extension LibraryError {
  /// Why a query, or that of a view in it, does not read; nil for other errors.
  public var filterError: FilterError? {
    switch self {
    case .filter(let error), .query(.unreadable(_, let error)): error
    default: nil
    }
  }

  /// Runs `body` and gives what the layers below throw the name of this one.
  static func wrapping<Result>(
    _ body: () async throws -> Result
  ) async throws(LibraryError) -> Result {
    do {
      return try await body()
    } catch {
      throw LibraryError(error)
    }
  }

  /// What a session at `target` threw.
  init(_ error: any Error, with target: String) {
    switch error {
    case let error as ConnectionError: self = .connection(target: target, error)
    case let error as SessionError: self = .session(target: target, error)
    default: self.init(error)
    }
  }

  init(_ error: any Error, path: String = "") {
    switch error {
    case let error as LibraryError: self = error
    case let error as StoreError: self = .store(error)
    case let error as BundleError: self = .bundle(path: path, error)
    case let error as SealingError: self = .sealing(error)
    case let error as ReplicationError: self = .store(.refused(error))
    case let error as FilterError: self = .filter(error)
    case let error as QueryError: self = .query(error)
    case is CancellationError: self = .cancelled
    default: self = .unexpected(reason: SystemReason.text(of: error))
    }
  }
}
