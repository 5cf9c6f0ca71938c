import Articles
import Foundation
import LibraryStore
import Replication
import Satchel
import Synchronization
import TestSupport

/// Two to four replicas in memory that write in every manner there is, with clocks that often agree,
/// and pass open bundles on: some are lost, some come late, twice, or to the wrong one.
///
/// One more replica writes nothing: what it holds comes from bundles that were made for others.
struct FoldHistory {
  private let folder: URL
  private let libraries: [Library]
  private let attic: Library
  private let clocks: [StillClock]
  private var generator: SeededGenerator
  private var sent: [FilePath] = []
  private var kept: [FilePath] = []
  /// What authors were shown before they wrote.
  private var shown: [(library: Int, id: ArticleID, note: Shown)] = []
  private var number = 0

  /// Bundles, and what the library says that holds what they hold.
  struct BundleSet {
    let folder: URL
    let fold: Fold
  }

  init(seed: UInt64, in folder: URL) async throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    generator = SeededGenerator(seed: seed)
    clocks = (0..<Int.random(in: 2...4, using: &generator)).map { _ in StillClock() }
    var libraries: [Library] = []
    for (number, clock) in clocks.enumerated() {
      var options = Library.Options()
      options.now = { clock.milliseconds }
      libraries.append(
        try await Library.inMemory(
          name: "r\(number)", joining: libraries.first?.invitation(), options: options))
    }
    self.libraries = libraries
    attic = try await Library.inMemory(name: "attic", joining: libraries[0].invitation())
    kept.append(try await bundle(of: attic, BundleOptions()))
  }

  mutating func step() async throws {
    let at = Int.random(in: libraries.indices, using: &generator)
    // Times that meet, go on, and go back.
    clocks[at].milliseconds = 1_780_000_000_000 + Int64.random(in: 0...3, using: &generator)
    if Int.random(in: 0..<3, using: &generator) == 0 {
      try await exchange(at)
    } else {
      try await write(at)
    }
  }

  /// All that each replica holds, and all that the silent one merged.
  mutating func finish() async throws -> [BundleSet] {
    var sets: [BundleSet] = []
    for library in libraries {
      sets.append(try await set([try await bundle(of: library, BundleOptions())], library))
    }
    sets.append(try await set(kept, attic))
    return sets
  }

  private mutating func set(_ files: [FilePath], _ library: Library) async throws -> BundleSet {
    let place = folder.appending(path: "set-\(number)")
    number += 1
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for (number, file) in files.enumerated() {
      try FileManager.default.linkItem(
        atPath: file.string, toPath: place.appending(path: "\(number).satchel").path)
    }
    return BundleSet(folder: place, fold: try await Fold(library))
  }

  private mutating func draw<Element>(_ elements: [Element]) -> Element? {
    elements.randomElement(using: &generator)
  }

  private mutating func isOne(in count: Int) -> Bool {
    Int.random(in: 0..<count, using: &generator) == 0
  }
}

// Bundles.
extension FoldHistory {
  private mutating func exchange(_ at: Int) async throws {
    let receiver = libraries[
      (at + Int.random(in: 1..<libraries.count, using: &generator)) % libraries.count]
    var options = BundleOptions()
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: break
    case 1: if let old = draw(sent) { options.basis = .bundle(path: old) }
    case 2: options.selection = Array(try await libraries[at].articleIDs(.all).sorted().dropLast())
    default: options.basis = .replica(try await receiver.replicaID())
    }
    options.includesBodies = isOne(in: 2)
    if let file = try await bundleIfAny(of: libraries[at], options) { sent.append(file) }
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      guard let file = isOne(in: 3) ? draw(sent) : sent.last else { return }
      _ = try await receiver.merge([file]).result()
    }
    guard isOne(in: 2), let file = draw(sent) else { return }
    _ = try await attic.merge([file]).result()
    kept.append(file)
  }

  private mutating func bundle(
    of library: Library, _ options: BundleOptions
  ) async throws -> FilePath {
    guard let file = try await bundleIfAny(of: library, options) else {
      preconditionFailure("a bundle of everything is always written")
    }
    return file
  }

  private mutating func bundleIfAny(
    of library: Library, _ options: BundleOptions
  ) async throws -> FilePath? {
    number += 1
    var options = options
    options.isOpen = true
    let path = FilePath(folder.path).appending("\(number).satchel")
    return try await library.createBundle(at: path, options: options).result().paths.first
  }
}

// Writes.
extension FoldHistory {
  private mutating func write(_ at: Int) async throws {
    let library = libraries[at]
    let ids = try await library.articleIDs(Fold.everything).sorted()
    guard let id = draw(ids) else { return try await add(library) }
    switch Int.random(in: 0..<22, using: &generator) {
    case 0...2: try await add(library)
    case 3: _ = try await library.mark([id], draw(Mark.allCases) ?? .read)
    case 4...5:
      _ = try await library.tag(
        ids.filter { _ in isOne(in: 2) }, ["茶", "tea"], present: !isOne(in: 3))
    case 6:
      if isOne(in: 2) {
        _ = try await library.rate(id, stars: 4)
      } else {
        _ = try await library.setProgress(id, percent: 60)
      }
    case 7...12: try await note(at, id)
    case 13...14: _ = try await library.setTitle(id, draw(["Tea", "茶", "T"]) ?? "")
    case 15: _ = try await isOne(in: 3) ? library.restore(ids) : library.delete([id])
    case 16: try await highlight(id, library)
    case 17: if try await !library.actions().isEmpty { _ = try await library.undo() }
    case 18: try await view(library)
    case 19: try await settle(library)
    case 20: try await care(library)
    default: try await restore(library)
    }
  }

  private mutating func add(_ library: Library) async throws {
    var drafts: [ArticleDraft] = []
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      let number = Int.random(in: 1...3, using: &generator)
      let text = draw(["hot tea", "茶 and **tea**", "milk"]) ?? ""
      var draft = ArticleDraft(title: "\(number)", format: .markdown, body: Array(text.utf8))
      if !isOne(in: 5) { draft.url = "https://example.org/\(number)" }
      draft.author = draw([nil, "Lin", "李"]) ?? nil
      draft.published = draw([nil, "2026-03-0\(number)"]) ?? nil
      draft.tags = isOne(in: 2) ? ["tea"] : []
      draft.isTitleTyped = isOne(in: 5)
      draft.isRecorded = isOne(in: 3)
      draft.state.isStarred = draw([nil, true]) ?? nil
      draft.state.note = draw([nil, nil, "from a file"]) ?? nil
      draft.state.addedMilliseconds = draw([nil, 1_400_000_000_000]) ?? nil
      if isOne(in: 3) { draft.state.highlights = [HighlightDraft(quote: "tea")] }
      drafts.append(draft)
    }
    var options = ImportOptions()
    options.revivesDeleted = isOne(in: 4)
    _ = try await library.add(drafts, options: options)
  }

  /// Over what was shown just now, or a while ago.
  private mutating func note(_ at: Int, _ id: ArticleID) async throws {
    shown.append((at, id, try await libraries[at].note(of: id)))
    guard !isOne(in: 3), let seen = draw(shown.filter { $0.library == at }) else { return }
    let text = draw(["", "a", "b", "note \(number)"]) ?? ""
    _ = try await libraries[at].setNote(seen.id, text, over: isOne(in: 4) ? nil : seen.note)
  }

  private mutating func highlight(_ id: ArticleID, _ library: Library) async throws {
    guard let row = try await library.article(id) else { return }
    if let highlight = draw(try await library.highlights(of: row)), !isOne(in: 3) {
      let seen = try await library.note(of: highlight.id)
      _ =
        try await isOne(in: 3)
        ? library.delete([highlight.id]) : library.setNote(highlight.id, "n\(number)", over: seen)
    } else if try await library.plainText(of: row)?.contains("tea") == true {
      _ = try await library.highlight(
        row, passage: "tea", color: draw([nil, "yellow"]) ?? nil, note: draw([nil, "why"]) ?? nil)
    }
  }

  private mutating func view(_ library: Library) async throws {
    let name = draw(["later", "茶"]) ?? ""
    if isOne(in: 3), try await library.view(named: name) != nil {
      return try await library.removeView(name)
    }
    try await library.setView(
      ArticleView(
        name: name, query: draw(["tag:tea", "is:unread"]) ?? "",
        sort: draw([.added, .title]) ?? .site,
        isReversed: isOne(in: 2)))
  }

  private mutating func settle(_ library: Library) async throws {
    let conflicts = try await library.conflicts()
    let number = Int.random(in: 0..<max(1, conflicts.count), using: &generator)
    guard let conflict = try await conflicts.conflict(at: number) else { return }
    try await library.settle(conflict, with: isOne(in: 2) ? .kept : .other)
  }

  private mutating func restore(_ library: Library) async throws {
    var entries: [LogEntry] = []
    for try await entry in try await library.log() { entries.append(entry) }
    if let entry = draw(entries) { try await library.restore(entry) }
  }

  /// What belongs to the replicas and not to what is read.
  private mutating func care(_ library: Library) async throws {
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: _ = try await library.compact(binDays: 0).result()
    case 1: try await library.rename("r\(number)", of: try await draw(libraries)?.replicaID())
    default:
      guard let other = try await draw(libraries)?.replicaID() else { return }
      if try await other != library.replicaID() { try await library.retire(other) }
    }
  }
}

/// A clock that stands until it is set.
private final class StillClock: Sendable {
  private let value = Atomic<Int64>(1_780_000_000_000)

  var milliseconds: Int64 {
    get { value.load(ordering: .relaxed) }
    set { value.store(newValue, ordering: .relaxed) }
  }
}
