import Articles
import LibraryStore
import Replication

/// The conflicts of Protocol 5.6, said once more from registers in memory.
enum ConflictOracle {
  typealias Pair = (kept: Operation, lost: Operation)

  static func conflicts(of registers: [RegisterID: Register]) -> [Pair] {
    registers.sorted { $0.key < $1.key }.flatMap { id, register in
      let hidden = register.siblings.filter { $0.value != register.winner.value }
      return (hidden + annotation(of: id, registers)).sorted { $1.beats($0) }
        .map { (register.winner, $0) }
    }
  }

  /// The note that was written after a tombstone, where `id` names one.
  private static func annotation(
    of id: RegisterID, _ registers: [RegisterID: Register]
  ) -> [Operation] {
    guard id.entity.kind == .article, id.field == ArticleField.deleted,
      let tombstone = registers[id]?.winner, tombstone.value == .flag(true),
      let note = registers[RegisterID(id.entity, ArticleField.note)]?.winner,
      note.stamp > tombstone.stamp, let text = note.value.text, !text.isEmpty
    else { return [] }
    return [note]
  }
}
