/// One thing that happens in a simulation. All that is drawn for it is drawn from its own seed, so
/// that it does much the same whatever steps before it are left out.
struct Step: Hashable, Sendable {
  let kind: Kind
  /// The machine it happens to, and another one; both are counted around.
  let machine: Int
  let other: Int
  let seed: UInt64

  init(_ kind: Kind, _ machine: Int, _ other: Int, _ seed: UInt64) {
    (self.kind, self.machine, self.other, self.seed) = (kind, machine, other, seed)
  }

  /// The names are those that a trace shows.
  enum Kind: String, CaseIterable, Sendable {
    // What a person does.
    case addText, addLink, addRecorded, addAgain, importFiles
    case setTitle, setNote, openEditor, saveEditor
    case mark, tag, renameTag, rate, progress
    case highlight, noteHighlight, deleteHighlight
    case setView, removeView
    case delete, restore, restoreText, settle, undo
    case evict, fetch, keep, compact, rename, retire
    // What goes between machines.
    case session, writeBundle, mergeBundle, exchange, spoilPlace
    // What becomes of machines.
    case restart, crash, tearWrite, fillDisk, setClock
    case copy, snapshot, rollBack, clone, restoreHome
  }
}

extension Step: CustomStringConvertible {
  /// As it is written in a test.
  var description: String {
    "Step(.\(kind.rawValue), \(machine), \(other), 0x\(String(seed, radix: 16)))"
  }
}

extension Step.Kind {
  /// How often it happens among others, in a world of this sort.
  func weight(in sort: Scenario.Sort) -> Int {
    switch self {
    case .session: 14
    case .mergeBundle: 8
    case .setTitle, .setNote, .exchange, .writeBundle: 6
    case .addText, .saveEditor: 4
    case .openEditor, .mark, .setClock, .settle: 3
    // What a twin wrote in vain must not be looked for.
    case .fillDisk: sort == .cloning ? 0 : 2
    case .addAgain, .tag, .highlight, .delete, .spoilPlace: 2
    case .copy: sort == .restoring ? 2 : 0
    case .snapshot: sort == .plain ? 0 : 4
    case .rollBack: sort == .restoring ? 4 : 0
    case .clone: sort == .cloning ? 2 : 0
    case .restoreHome: sort == .cloning ? 3 : 0
    // What twins wrote under one id is told apart only once they have met: nothing may be replaced
    // before that, or it would not be known what is lost.
    case .undo: sort == .cloning ? 0 : 2
    case .restoreText: sort == .cloning ? 0 : 1
    default: 1
    }
  }
}
