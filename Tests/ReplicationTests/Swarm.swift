import Replication
import TestSupport

/// A few replicas with a post between them that loses, cuts, repeats, delays and reorders, and an
/// oracle beside each that remembers every operation which ever reached it.
struct Swarm {
  private(set) var replicas: [ReferenceReplica]
  /// Every delta that was ever packed; any of them may arrive anywhere at any time.
  private(set) var post: [Delta] = []
  /// Every operation that was ever written.
  private(set) var written: [Dot: Operation] = [:]
  /// Per replica, the operations that reached it.
  private(set) var delivered: [Set<Operation>]
  /// Per authored operation, those whose text its author was shown, directly or through one that
  /// they were shown.
  private(set) var seen: [Operation: Set<Operation>] = [:]
  /// Of those, the ones that are gone where it arrives: all but what lay past a gap.
  private(set) var resolved: [Operation: Set<Operation>] = [:]
  /// How many were written over what had been shown before something else came.
  private(set) var staleWrites = 0
  /// Open editors: what each shows, and the siblings and the knowledge at the time.
  private var editors: [Editor] = []
  private var generator: SeededGenerator

  private struct Editor {
    let index: Int
    let shown: Shown
    let siblings: [Operation]
    let knowledge: Knowledge
  }

  /// Whether all write one text, from editors that are often open for long, and the post loses
  /// some of every delta: what supersedes unread then shows soonest.
  private let isEditing: Bool
  private var registerCount: UInt64 { isEditing ? 1 : 3 }

  init(seed: UInt64, isEditing: Bool = false) {
    generator = SeededGenerator(seed: seed)
    self.isEditing = isEditing
    let count = UInt64.random(in: 3...5, using: &generator)
    replicas = (1...count).map { ReferenceReplica(id: Sample.replica($0)) }
    delivered = replicas.map { _ in [] }
  }

  /// One thing happens to one replica; returns which, where its state may have changed.
  mutating func step() throws -> Int? {
    let index = Int.random(in: 0..<replicas.count, using: &generator)
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: editors.append(editor(at: index))
    case 1 where isEditing: editors.append(editor(at: index))
    case 1..<4: try write(at: index)
    case 4..<6:
      pack(from: index)
      return nil
    default: deliver(to: index)
    }
    return index
  }

  /// Everyone gives the first what it lacks, then the first everyone.
  mutating func exchangeEverything() {
    for index in replicas.indices.dropFirst() { send(from: index, to: 0) }
    for index in replicas.indices.dropFirst() { send(from: 0, to: index) }
  }

  private mutating func write(at index: Int) throws {
    let isAuthored = Bool.random(using: &generator) || isEditing
    let editor = isAuthored ? takeEditor(at: index) : editor(at: index)
    let value = Value.integer(.random(in: 0...2, using: &generator))
    let operation = try replicas[index].write(
      value, to: editor.shown.register, authored: isAuthored, over: editor.shown,
      now: Sample.wildClock(using: &generator))
    written[operation.dot] = operation
    delivered[index].insert(operation)
    guard isAuthored else { return }
    for sibling in editor.siblings {
      seen[operation, default: []].formUnion(seen[sibling, default: []].union([sibling]))
      resolved[operation, default: []].formUnion(resolved[sibling] ?? [])
      let known = editor.knowledge[sibling.dot.replica]
      let isBehindGap = !known.contains(1...sibling.dot.sequence)
      if !isBehindGap { resolved[operation, default: []].insert(sibling) }
    }
  }

  /// One that is opened on some register now.
  private mutating func editor(at index: Int) -> Editor {
    let register = Sample.register(.random(in: 0..<registerCount, using: &generator))
    let replica = replicas[index]
    return Editor(
      index: index, shown: replica.shown(register),
      siblings: replica.registers[register]?.siblings ?? [], knowledge: replica.knowledge)
  }

  /// One that has been open for a while, or one that is opened now.
  private mutating func takeEditor(at index: Int) -> Editor {
    let open = editors.indices.filter { editors[$0].index == index }
    guard Bool.random(using: &generator), let chosen = open.randomElement(using: &generator)
    else { return editor(at: index) }
    let editor = editors.remove(at: chosen)
    if replicas[index].shown(editor.shown.register) != editor.shown { staleWrites += 1 }
    return editor
  }

  /// Packs a delta for what some replica knows now, or for one that has nothing.
  private mutating func pack(from index: Int) {
    let reader = Int.random(in: -1..<replicas.count, using: &generator)
    let basis = reader < 0 ? Knowledge() : replicas[reader].knowledge
    post.append(replicas[index].delta(since: basis))
  }

  private mutating func deliver(to index: Int) {
    guard let letter = post.randomElement(using: &generator) else { return }
    apply(damaged(letter), at: index)
  }

  /// The delta with its operations shuffled, and sometimes cut or repeated; its statement stays.
  private mutating func damaged(_ delta: Delta) -> Delta {
    var operations = delta.operations.shuffled(using: &generator)
    if isEditing { operations.removeAll { _ in Int.random(in: 0..<5, using: &generator) < 2 } }
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: operations.removeLast(Int.random(in: 0...operations.count, using: &generator))
    case 1: operations += operations.shuffled(using: &generator)
    default: break
    }
    return Delta(operations: operations, statement: delta.statement)
  }

  private mutating func send(from sender: Int, to receiver: Int) {
    apply(replicas[sender].delta(since: replicas[receiver].knowledge), at: receiver)
  }

  private mutating func apply(_ delta: Delta, at index: Int) {
    replicas[index].apply(delta)
    delivered[index].formUnion(delta.operations)
  }
}
