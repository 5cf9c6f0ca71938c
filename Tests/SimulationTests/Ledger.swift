import Articles
import Replication
import TestSupport

/// All that was written and acknowledged, beside the stores: it decides what they have to hold.
struct Ledger {
  private(set) var operations: [Dot: Operation] = [:]
  private var byRegister: [RegisterID: [Operation]] = [:]
  /// Per authored operation, those whose texts its author had before them, or whoever wrote these.
  private var resolved: [Operation: Set<Operation>] = [:]
  /// What was rolled back on the only machine that knew it: it may come again or not.
  private var forgiven = Knowledge()

  /// What an author had before them.
  struct Sight {
    let siblings: [Operation]
    let knowledge: Knowledge
  }

  /// What the author of a register is shown who knows so much.
  func sight(of register: RegisterID, knowing knowledge: Knowledge) -> Sight {
    let known = (byRegister[register] ?? []).filter { knowledge.contains($0.dot) }
    let registers = Oracle.registers(of: known, resolved: resolved)
    return Sight(siblings: registers[register]?.siblings ?? [], knowledge: knowledge)
  }

  /// Notes what a machine holds since it was last looked at.
  ///
  /// - Parameters:
  ///   - before: what it knew then.
  ///   - editors: what authors were shown earlier who wrote now.
  ///   - allowsTwins: whether two databases may write under one id.
  mutating func note(
    _ held: [Operation], before: Knowledge, editors: [RegisterID: Sight], allowsTwins: Bool
  ) throws {
    for operation in held.sorted(by: { $0.dot < $1.dot }) {
      if let known = operations[operation.dot] {
        guard known == operation || allowsTwins else {
          throw Violation(.sequencesAreUsedOnce, "\(known) and \(operation)")
        }
        continue
      }
      operations[operation.dot] = operation
      if operation.context != nil {
        let sight =
          editors[operation.register] ?? sight(of: operation.register, knowing: before)
        resolve(sight, by: operation)
      }
      byRegister[operation.register, default: []].append(operation)
    }
  }

  private mutating func resolve(_ sight: Sight, by operation: Operation) {
    for sibling in sight.siblings {
      resolved[operation, default: []].formUnion(resolved[sibling] ?? [])
      // What lies past a gap may never have been shown to anyone.
      let known = sight.knowledge[sibling.dot.replica]
      if known.contains(1...sibling.dot.sequence) {
        resolved[operation, default: []].insert(sibling)
      }
    }
  }

  /// Notes that a machine went back, and with it what nobody else knows.
  mutating func forgive(_ lost: Knowledge) { forgiven.formUnion(lost) }

  /// Throws where something acknowledged is not known.
  func expectKept(in knowledge: Knowledge) throws {
    for operation in operations.values.sorted(by: { $0.dot < $1.dot })
    where !knowledge.contains(operation.dot) && !forgiven.contains(operation.dot) {
      throw Violation(.acknowledgedIsKept, "\(operation) is known to nobody")
    }
  }

  /// Throws where something acknowledged is neither shown nor outdone, under whatever id it stands now.
  func expectOutdone(in registers: [RegisterID: Register]) throws {
    for operation in operations.values.sorted(by: { $0.dot < $1.dot }) {
      guard let winner = registers[operation.register]?.winner, winner.stamp >= operation.stamp
      else { throw Violation(.acknowledgedIsKept, "\(operation) is nowhere") }
    }
  }

  /// Every register as all that is known makes it.
  func registers(knowing knowledge: Knowledge) -> [RegisterID: Register] {
    Oracle.registers(
      of: operations.values.filter { knowledge.contains($0.dot) }, resolved: resolved)
  }

  /// Whether an article was ever deleted, by anyone.
  func wasDeleted(_ entity: EntityID) -> Bool {
    (byRegister[RegisterID(entity, ArticleField.deleted)] ?? []).contains { $0.value.flag == true }
  }
}
