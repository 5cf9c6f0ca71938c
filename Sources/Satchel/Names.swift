import Articles
import Coding
import Documents
import Files
import Formats
import LibraryStore
import Replication
import SyncSession
// Whoever embeds Satchel names paths.
@_exported import SystemPackage
import Transports

// The names of the layers below that a program which embeds Satchel meets in `Library`.

public typealias Article = Articles.Article
public typealias ArticleDraft = Articles.ArticleDraft
public typealias ArticleID = Articles.ArticleID
public typealias ArticleQuery = LibraryStore.ArticleQuery
public typealias ArticleRow = LibraryStore.ArticleRow
public typealias BodyFormat = Articles.BodyFormat
public typealias BundleHeader = Transports.BundleHeader
public typealias CheckReport = LibraryStore.CheckReport
public typealias Conflict = LibraryStore.Conflict
public typealias ContentHash = Replication.ContentHash
public typealias Field = Replication.Field
public typealias FileError = Files.FileError
public typealias Fingerprint = Replication.Fingerprint
public typealias Format = Formats.Format
public typealias Knowledge = Replication.Knowledge
public typealias LeftOut = LibraryStore.LeftOut
public typealias LibraryStatus = LibraryStore.LibraryStatus
public typealias LogEntry = LibraryStore.LogEntry
public typealias Mark = Articles.Mark
public typealias Notice = ReplicaStore.Notice
public typealias PeerStatus = LibraryStore.PeerStatus
public typealias ReplicaID = Replication.ReplicaID
public typealias SearchQuery = LibraryStore.SearchQuery
public typealias SearchResults = LibraryStore.SearchResults
public typealias SearchSnippet = LibraryStore.SearchSnippet
public typealias Shown = Replication.Shown
public typealias Stamp = Replication.Stamp
public typealias Value = Replication.Value
public typealias DisplayWidth = Documents.DisplayWidth
public typealias TerminalEscape = Documents.TerminalEscape
public typealias TerminalText = Documents.TerminalText
public typealias BundleError = Transports.BundleError
public typealias StoreError = LibraryStore.StoreError
public typealias EntityID = Replication.EntityID
public typealias Hexadecimal = Replication.Hexadecimal
public typealias LoggedOperation = Replication.Operation
public typealias IdentityMismatch = LibraryStore.IdentityGuard.Mismatch
public typealias ConnectionError = Transports.ConnectionError
public typealias SessionError = SyncSession.SessionError
public typealias SessionResult = Transports.SessionResult
public typealias SyncDirection = Transports.SyncDirection
public typealias Wording = Replication.Wording
