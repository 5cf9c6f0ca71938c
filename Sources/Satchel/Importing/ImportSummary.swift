import Articles
import Documents
import Formats
import LibraryStore

/// What an import did. Skipped files never stop it.
public struct ImportSummary: Sendable {
  public var added = 0
  public var changed = 0
  public var unchanged = 0
  /// Further copies of originals that the same import brought, whose tags were merged.
  public var duplicates = 0
  /// Highlights that were added, or brought back with their article.
  public var highlights = 0
  /// Highlights of no words, and those whose note would take the place of another's.
  public var highlightsLeftOut = 0
  /// Articles that were deleted from this library, and stay so.
  public var deleted = 0
  public var skipped: [SkippedFile] = []
  /// Pages that hold no article.
  public var passedOver: [SkippedFile] = []
  /// Articles that were put into the bin, since their source has them no more.
  public var pruned: [ArticleID] = []
  /// Pages that a source has no more, whose articles are here, pruned or not.
  public var gone: [GonePage] = []
  /// Repositories that are at the commit which was imported whole, and were not looked at.
  public var unchangedSources: [ImportSource] = []
  /// Sources of which nothing was remembered before.
  public var firstSources: [ImportSource] = []
  /// Sources that had pages and show none, from which nothing was concluded.
  public var emptied: [ImportSource] = []
  /// Registers that can never be written again; all else of their articles was.
  public var leftOut: [LeftOut] = []

  public init() {}

  /// A file that was left out, or one of many records in a file, with the reason in words.
  public struct SkippedFile: Sendable {
    /// Where it lies; of a record its place in the file, too.
    public let path: String
    public let reason: String
    /// Whether it is a record.
    public var isRecord = false

    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }

    init(_ item: PreparedItem, _ reason: String) {
      self.init(path: item.place, reason: reason)
      isRecord = item.isInFile
    }
  }
}

extension ImportSummary {
  public mutating func add(_ other: ImportSummary) {
    added += other.added
    changed += other.changed
    unchanged += other.unchanged
    duplicates += other.duplicates
    highlights += other.highlights
    highlightsLeftOut += other.highlightsLeftOut
    pruned += other.pruned
    gone += other.gone
    emptied += other.emptied
    deleted += other.deleted
    skipped += other.skipped
    passedOver += other.passedOver
    leftOut += other.leftOut
  }
}

/// What adding articles did.
public struct Addition: Sendable {
  /// In the order they were given.
  public let articles: [AddedArticle]
  public let summary: ImportSummary
}

/// What became of an article that was to be added.
public struct AddedArticle: Sendable, Hashable, Identifiable {
  public let id: ArticleID
  public let outcome: Outcome

  public enum Outcome: Sendable {
    case added, changed, unchanged
    /// For a reason that the summary gives.
    case leftOut
  }
}

/// How files and folders are imported.
public struct ImportOptions: Sendable {
  /// What they are taken for; nil for what each looks like.
  public var format: Format?
  /// How text is read that says nothing of its encoding itself; nil for UTF-8.
  public var encoding: TextEncoding?
  /// The names of a table's columns whose meaning its own names do not say.
  public var columns: [ImportColumn: String] = [:]
  /// Whether each chapter of a book is an article of its own; anything but a book is refused then.
  public var isByChapter = false
  /// Put on every article.
  public var tags: [String] = []
  /// Takes articles that were deleted here in again.
  public var revivesDeleted = false
  /// Remembers what each source has, so that it is known later what of it is gone: not for files that
  /// lie there only for now.
  public var remembersSources = true
  /// Asked before articles go into the bin that a source has no more and nobody marked; nil where
  /// none are to go.
  public var pruning: (@Sendable (Pruning) async throws -> Bool)?

  public init() {}
}
