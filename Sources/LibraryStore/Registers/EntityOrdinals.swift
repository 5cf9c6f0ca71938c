import Replication

/// Numbers entities as they are met. A dictionary would take four times the memory.
struct EntityOrdinals {
  private(set) var entities: [EntityID] = []
  /// Where an entity's hash leads to, its ordinal and one; 0 where nothing is yet.
  private var slots = [UInt32](repeating: 0, count: 64)
  /// New for each batch, so that nobody can choose keys that collide.
  private let seed = (
    UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max),
    UInt64.random(in: .min ... .max)
  )

  mutating func ordinal(of entity: EntityID) -> UInt32 {
    let slot = self.slot(of: entity)
    if slots[slot] != 0 { return slots[slot] - 1 }
    entities.append(entity)
    slots[slot] = UInt32(entities.count)
    if 2 * entities.count > slots.count { grow() }
    return UInt32(entities.count - 1)
  }

  /// A product folded over secret seeds, as in wyhash (Wang Yi): keys are random already, and
  /// Swift's own hash takes as long as all the rest.
  private func slot(of entity: EntityID) -> Int {
    let product = (entity.key.high ^ seed.0).multipliedFullWidth(
      by: entity.key.low ^ seed.1 ^ UInt64(entity.kind.number) &* seed.2)
    var slot = Int(truncatingIfNeeded: product.high ^ product.low) & (slots.count - 1)
    while slots[slot] != 0, entities[Int(slots[slot]) - 1] != entity {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: 2 * slots.count)
    for (ordinal, entity) in entities.enumerated() {
      slots[slot(of: entity)] = UInt32(ordinal + 1)
    }
  }
}
