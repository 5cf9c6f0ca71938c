import Articles
import Coding
import LibraryStore
import Replication
import TestSupport
import Testing

/// Stores, each with the in-memory reference beside it, and a post between them that loses, cuts,
/// repeats, delays and reorders. Whatever happens to a store happens to its reference.
struct Tandem {
  private(set) var stores: [TestStore]
  private(set) var references: [ReferenceReplica]
  /// Every letter that was ever packed; any of them may arrive anywhere at any time.
  private var post: [Letter] = []
  /// Open editors: at which replica, and what each shows.
  private var editors: [(index: Int, shown: Shown)] = []
  private var generator: SeededGenerator
  private let isHostile: Bool

  init(seed: UInt64, isHostile: Bool = false) throws {
    generator = SeededGenerator(seed: seed)
    stores = try (1...3).map { try TestStore($0) }
    references = (1...3).map { ReferenceReplica(id: Sample.replica($0)) }
    self.isHostile = isHostile
  }

  /// One thing happens to one replica; returns which.
  mutating func step() async throws -> Int {
    let index = Int.random(in: 0..<stores.count, using: &generator)
    switch Int.random(in: 0..<20, using: &generator) {
    case 0..<7: try await write(at: index)
    case 7..<11: try await pack(from: index)
    case 11..<17: try await deliver(to: index)
    case 17: _ = try await stores[index].store.compact(now: Sample.now)
    case 18: stores[index].store = try stores[index].connect()
    default:
      if isHostile {
        try await deliverHostile(to: index)
      } else {
        try await deliver(to: index)
      }
    }
    return index
  }

  /// Everyone gives the first what it lacks, then the first everyone; `full` ignores knowledge.
  mutating func exchangeEverything(full: Bool = false) async throws {
    for index in stores.indices.dropFirst() {
      try await send(from: index, to: 0, full: full)
    }
    for index in stores.indices.dropFirst() {
      try await send(from: 0, to: index, full: full)
    }
  }

  private mutating func send(from sender: Int, to receiver: Int, full: Bool) async throws {
    let basis = full ? Knowledge() : references[receiver].knowledge
    let letter = try await stores[sender].store.letter(since: basis)
    try await take(letter, letter.items, at: receiver)
  }
}

// Local writes.
extension Tandem {
  private mutating func write(at index: Int) async throws {
    try await openEditor(at: index)
    var edits = try (0..<Int.random(in: 1...3, using: &generator)).map { _ in try edit() }
    if Bool.random(using: &generator), let edit = try closeEditor(at: index) { edits.append(edit) }
    let now = Sample.wildClock(using: &generator)
    let store = stores[index].store
    let before = try await store.report().knowledge
    try await store.write(edits, now: now)
    for operation in try await store.letter(since: before).operations() {
      let shown = edits.last { $0.register == operation.register }?.shown
      let expected = try references[index].write(
        operation.value, to: operation.register, authored: operation.context != nil, over: shown,
        now: now)
      #expect(operation == expected)
    }
  }

  /// Opens one on a title or a note, and holds what it shows against the reference.
  private mutating func openEditor(at index: Int) async throws {
    let register = RegisterID(
      Sample.article(.random(in: 0..<2, using: &generator)).entity,
      Bool.random(using: &generator) ? ArticleField.note : ArticleField.title)
    let shown = try await stores[index].store.shown(register)
    let expected = references[index].shown(register)
    #expect(shown.value == expected.value && shown.context == expected.context)
    #expect(shown.conflicts.count == expected.conflicts.count)
    #expect(Set(shown.conflicts) == Set(expected.conflicts))
    editors.append((index, shown))
  }

  /// What is saved in one that was opened some time ago.
  private mutating func closeEditor(at index: Int) throws -> Edit? {
    let open = editors.indices.filter { editors[$0].index == index }
    guard let chosen = open.randomElement(using: &generator) else { return nil }
    let text = ["saved", "e\u{301}", "北京"].randomElement(using: &generator) ?? ""
    return Edit(try .text(text), over: editors.remove(at: chosen).shown)
  }

  private mutating func edit() throws -> Edit {
    let article = Sample.article(.random(in: 0..<2, using: &generator))
    let text = try Value.text(
      ["", "e\u{301}", "\u{e9}", "北京"].randomElement(using: &generator) ?? "")
    let flag = Value.flag(.random(using: &generator))
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: return article.edit(ArticleField.title, text, .importing)
    case 1: return article.edit(ArticleField.title, text, .author)
    case 2, 3: return article.edit(ArticleField.note, text, .author)
    case 4: return article.edit(ArticleField.read, flag)
    case 5: return article.edit(try ArticleField.tag("北京"), flag)
    case 6: return article.edit(ArticleField.deleted, flag)
    default:
      let number = Int64.random(in: 0...2, using: &generator)
      return Edit(RegisterID(Sample.entity(1), Field("size")), .integer(number))
    }
  }
}

// The post.
extension Tandem {
  /// Packs a letter for what some replica knows now, or for one that has nothing, and holds it
  /// against what the reference would send.
  private mutating func pack(from index: Int) async throws {
    let reader = Int.random(in: -1..<stores.count, using: &generator)
    let basis = reader < 0 ? Knowledge() : references[reader].knowledge
    let letter = try await stores[index].store.letter(since: basis)
    let sent = Set(try letter.operations())
    #expect(sent.isSuperset(of: references[index].delta(since: basis).operations))
    #expect(letter.statement.known == references[index].knowledge)
    post.append(letter)
  }

  private mutating func deliver(to index: Int) async throws {
    guard let letter = post.randomElement(using: &generator) else { return }
    var items = letter.items.shuffled(using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: items.removeLast(Int.random(in: 0...items.count, using: &generator))
    case 1: items += items.shuffled(using: &generator)
    case 2: items = try items.map { try cut($0) }
    default: break
    }
    try await take(letter, items, at: index)
  }

  /// Some of a frame's operations as a frame of their own.
  private mutating func cut(_ item: Letter.Item) throws -> Letter.Item {
    let kept = try item.block.operations().filter { _ in .random(using: &generator) }
    return kept.isEmpty ? item : try Sample.frame(kept)
  }

  private mutating func take(
    _ letter: Letter, _ items: [Letter.Item], at index: Int
  ) async throws {
    let store = stores[index].store
    _ = try await store.merge(operations: items, bodies: [], now: Sample.now)
    let peer = Bool.random(using: &generator) && !isHostile ? letter.sender : nil
    _ = try await store.conclude(letter.statement, from: peer, now: Sample.now)
    references[index].apply(
      Delta(
        operations: try items.flatMap { try $0.block.operations() }, statement: letter.statement))
  }

  private mutating func deliverHostile(to index: Int) async throws {
    var items: [Letter.Item] = []
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let operations = try HostileOperations.ofOneReplica(using: &generator)
      if !operations.isEmpty { items.append(try Sample.frame(operations)) }
    }
    let store = stores[index].store
    _ = try await store.merge(operations: items, bodies: [], now: Sample.now)
    references[index].apply(
      Delta(operations: try items.flatMap { try $0.block.operations() }, statement: nil))
    // The reference looks at what waits after every delta.
    _ = try await store.conclude(nil, from: nil, now: Sample.now)
  }
}
