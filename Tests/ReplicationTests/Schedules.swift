import Replication

/// A history of up to four writes of one register by three replicas, whose clocks disagree: who wrote
/// each, over what, and how. All of them together are every history there is of that size.
struct ShortHistory {
  let writes: [Write]

  struct Write: Hashable {
    let author: Int
    /// Which of the writes before it had reached its author, its own among them; bit by bit.
    let seen: Int
    let manner: Manner
  }

  enum Manner: CaseIterable {
    /// A value that counts alone, such as a mark.
    case plain
    /// An author's text, over what is shown.
    case authored
    /// An author's text that stood beside what is shown, or was shown before: what settling a
    /// conflict, restoring and undoing write.
    case restored
  }

  /// Every history of so many writes in these manners.
  static func all(ofLength length: Int, _ manners: [Manner]) -> [ShortHistory] {
    (0..<length).reduce([ShortHistory(writes: [])]) { histories, _ in
      histories.flatMap { $0.continuations(manners) }
    }
  }

  private func continuations(_ manners: [Manner]) -> [ShortHistory] {
    (0..<3).flatMap { author in
      let known = writes.last { $0.author == author }?.seen ?? 0
      let own = writes.indices.filter { writes[$0].author == author }.reduce(0) { $0 | 1 << $1 }
      // What reached an author once is known there for good.
      return (0..<(1 << writes.count)).filter { $0 & (known | own) == known | own }.flatMap {
        seen in
        manners.map {
          ShortHistory(writes: writes + [Write(author: author, seen: seen, manner: $0)])
        }
      }
    }
  }
}

/// What the replicas of a history wrote, and what each author had before them.
struct PlayedHistory {
  private(set) var operations: [Operation] = []
  /// Per authored operation, the texts that are gone where it arrives.
  private(set) var resolved: [Operation: Set<Operation>] = [:]

  init(_ history: ShortHistory) throws {
    var replicas = (1...3).map { ReferenceReplica(id: Sample.replica($0)) }
    for (number, write) in history.writes.enumerated() {
      for index in 0..<number where write.seen & 1 << index != 0 {
        replicas[write.author].apply(
          Delta(operations: [operations[index]], statement: nil))
      }
      try play(write, number, at: &replicas[write.author])
    }
  }

  private mutating func play(
    _ write: ShortHistory.Write, _ number: Int, at replica: inout ReferenceReplica
  ) throws {
    let shown = replica.shown(PlayedHistory.register)
    let siblings = replica.registers[PlayedHistory.register]?.siblings ?? []
    let before = operations.last { replica.knowledge.contains($0.dot) && $0.value != shown.value }
    let known = replica.knowledge
    let restored = shown.conflicts.first ?? before?.value
    let operation = try replica.write(
      write.manner == .restored ? restored ?? .integer(0) : .integer(Int64(number)),
      to: PlayedHistory.register, authored: write.manner != .plain, over: shown,
      // The second clock is an hour slow, the third one an hour fast.
      now: Sample.now + Int64(number) + [0, -3_600_000, 3_600_000][write.author])
    operations.append(operation)
    guard write.manner != .plain else { return }
    resolved[operation] = siblings.reduce(into: []) { gone, sibling in
      gone.formUnion(resolved[sibling] ?? [])
      if known[sibling.dot.replica].contains(1...sibling.dot.sequence) { gone.insert(sibling) }
    }
  }

  static let register = Sample.register(0)
}
