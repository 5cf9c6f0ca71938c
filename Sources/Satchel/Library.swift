import Articles
import Documents
import Files
import Foundation
import LibraryStore
import Replication
import Sealing

/// A replica of a library on this machine: the one type a program needs to import articles, read
/// and mark them, and exchange bundles with the library's other replicas.
///
/// ```swift
/// let library = try await Library.create(at: folder, name: "study")
/// let summary = try await library.importPages([folder.appending("pages")]).result()
/// let bundle = try await library.createBundle(at: folder.appending("study.satchel")).result()
/// print(summary.added, bundle.bytes)
/// ```
///
/// Every change is one transaction; another process may have the same library open. A value is
/// cheap to copy and safe to share.
public struct Library: Sendable {
  /// The folder with the database and the secret.
  public let folder: FilePath
  let store: ReplicaStore
  let secret: LibrarySecret
  let now: @Sendable () -> Int64
  /// Whether programs that are started must not ask anybody anything.
  let asksNothing: Bool
  /// What ids and keys are drawn from.
  let random: RandomSource
  /// Wall time in milliseconds since 1970.
  package var currentMilliseconds: Int64 { now() }
  /// Where a library lies that is gone with the last copy of this value.
  var scratch: ScratchFolder?
  /// Whether every write is taken back.
  private(set) var isDryRun = false
  /// What all that is written belongs to; nil where each verb is an action of its own.
  private(set) var action: ActionLabel?

  /// The same library, whose edits and imports say what they would change and change nothing.
  public var dryRun: Library {
    var copy = self
    copy.isDryRun = true
    return copy
  }

  /// The same library, all of whose writes are one action, which ``undo(ifNewestIs:)`` takes back
  /// whole.
  ///
  /// - Parameter name: what ``actions()`` calls it, cut after some 200 characters.
  public func acting(as name: String) -> Library {
    var copy = self
    copy.action = ActionLabel(String(name.prefix(200)))
    return copy
  }

  /// How a library is opened.
  public struct Options: Sendable {
    /// Where the evidence lies by which a copied database is told; never inside a library.
    public var stateDirectory = IdentityGuard.defaultStateDirectory()
    /// How long to wait for another process that is writing.
    public var busyTimeoutMilliseconds = 5_000
    /// How many connections read at once beside the one that writes, so that a page, a sync and an
    /// import do not wait for each other; they are opened as they are needed. With 0 there is one
    /// connection for all, which a program that does one thing opens faster.
    public var maximumReaders = 4
    /// Whether programs that are started, such as ssh, must not ask anybody anything.
    public var asksNothing = false
    /// Called with what the owner of this replica should be told, as it happens.
    public var onNotice: @Sendable (Notice) -> Void = { _ in }
    /// Wall time in milliseconds since 1970.
    public var now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }
    /// What ids and keys are drawn from.
    package var random = RandomSource.system

    public init() {}

    var store: ReplicaStore.Options {
      var options = ReplicaStore.Options(stateDirectory: stateDirectory)
      options.busyTimeoutMilliseconds = busyTimeoutMilliseconds
      options.maximumReaders = maximumReaders
      options.onNotice = onNotice
      options.random = random
      options.searchText = SearchText(version: PlainText.version) {
        PlainText.text(reading: $0, as: $1.document)
      }
      return options
    }
  }

  /// Opens the library in `folder`.
  public static func open(
    at folder: FilePath, options: Options = Options()
  ) async throws(LibraryError) -> Library {
    do {
      // On another core: deriving the key takes half as long as opening the database.
      async let derived = Secret.loadWithKey(in: folder)
      let store = try ReplicaStore(folder: folder, options: options.store)
      let (secret, key) = try await derived
      guard key.bytes == store.library else {
        throw LibraryError.secretOfAnotherLibrary(path: folder.shown)
      }
      if let path = Secret.settle(in: folder) { options.onNotice(.secretExposed(path: path)) }
      return Library(
        folder: folder, store: store, secret: secret, now: options.now,
        asksNothing: options.asksNothing, random: options.random)
    } catch {
      throw LibraryError(error)
    }
  }
}

/// What ``Library/compact(binDays:)`` dropped.
public struct CompactSummary: Sendable, Hashable {
  public let operations: Int
  public let bodies: Int
}

extension Library {
  /// The library's name: thirty-two bytes of public key.
  public var key: [UInt8] { store.library }

  /// The beginning of the key in base32, for people.
  public var shortName: String { String(Base32.text(of: key).prefix(8)) }

  /// The text that lets another machine join. Whoever has it has the library.
  public func invitation() async throws(LibraryError) -> String {
    let name = try await replicaName() ?? ""
    do {
      return try Invitation(secret: secret, label: name).text
    } catch {
      throw .sealing(error)
    }
  }

  /// Counts articles, operations, replicas, conflicts, space.
  public func status() async throws(LibraryError) -> LibraryStatus {
    try await LibraryError.wrapping { try await store.status(now: now()) }
  }

  /// Counts what lies in it, by year, site, language and tag.
  public func statistics() async throws(LibraryError) -> LibraryStatistics {
    try await LibraryError.wrapping { try await store.statistics() }
  }

  /// Looks for damage; see ``CheckReport``.
  public func check(
    deep: Bool = false, repair: Bool = false
  ) -> Work<CheckReport> {
    Work { progress in
      try await store.check(deep: deep, repair: repair) {
        progress(WorkProgress(.rows, done: $0, total: $1))
      }
    }
  }

  /// Drops superseded operations and unused bodies, and gives the space back.
  ///
  /// - Parameter binDays: for how many days the texts of deleted articles are kept from when this replica
  ///   learnt of the deletion.
  public func compact(binDays: Int = 30) -> Work<CompactSummary> {
    Work { progress in
      let dropped = try await store.compact(
        binDays: max(0, binDays), now: now(), dryRun: isDryRun
      ) {
        progress(WorkProgress(.rows, done: $0, total: $1))
      }
      return CompactSummary(operations: dropped.operations, bodies: dropped.bodies)
    }
  }
}
