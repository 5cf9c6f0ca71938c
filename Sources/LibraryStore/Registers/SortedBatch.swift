import Coding
import Replication

/// The operations of a batch of blocks in the order of their registers, in eight bytes for each:
/// where an operation lies is part of what is sorted, so that nothing else moves.
///
/// What is the same for a whole register lies in the order it is walked in. A look at a random place
/// in memory takes longer than hashing an operation does.
struct SortedBatch {
  private let blocks: [Block]
  /// Each an operation: the ranks of its entity and its field, and its place, from the high bits
  /// down.
  private let keys: [UInt64]
  private let fieldBits: UInt64
  private let entities: [(number: Int64, id: EntityID)]
  private let fields: [(number: Int64, name: Field)]

  private static let placeBits: UInt64 = 21
  private static let placeMask: UInt64 = 1 << placeBits - 1
  /// Operations past as many belong in the next batch.
  static let limit = (1 << Int(placeBits)) - Limits.frameOperations

  /// A block, and what its indexes mean in the batch.
  ///
  /// A reference, since copying a block's dozen arrays for each of its operations costs as much as
  /// writing the operation.
  final class Block {
    let block: OperationBlock
    let replica: Int64
    /// Place of the first operation.
    let start: Int

    fileprivate init(_ block: OperationBlock, replica: Int64, start: Int) {
      self.block = block
      self.replica = replica
      self.start = start
    }
  }

  init(_ blocks: [OperationBlock], _ transaction: StoreTransaction) throws {
    let count = blocks.reduce(0) { $0 + $1.count }
    precondition(count <= 1 << Int(SortedBatch.placeBits), "a place has 21 bits")
    var start = 0
    var placed: [Block] = []
    for block in blocks {
      let replica = try transaction.interner.number(of: block.replica)
      placed.append(Block(block, replica: replica, start: start))
      start += block.count
    }
    self.blocks = placed
    let entityRanks: [[UInt32]]
    (entities, entityRanks) = try SortedBatch.entities(of: blocks, transaction)
    let fieldRanks: [[UInt32]]
    (fields, fieldRanks) = try SortedBatch.fields(of: blocks, transaction)
    fieldBits = SortedBatch.width(fields.count)
    let fieldBits = fieldBits
    keys = SortedBatch.sorted(count, entities: entities.count) { body in
      var place: UInt64 = 0
      for (number, block) in blocks.enumerated() {
        let (entityRanks, fieldRanks) = (entityRanks[number], fieldRanks[number])
        for index in 0..<block.count {
          let entity = entityRanks[Int(block.rows[index].entity)]
          let field = UInt64(fieldRanks[Int(block.rows[index].field)])
          body(entity, (UInt64(entity) << fieldBits | field) << SortedBatch.placeBits | place)
          place += 1
        }
      }
    }
  }

  /// The bits it takes to count to `count`.
  private static func width(_ count: Int) -> UInt64 {
    UInt64(UInt64.bitWidth - UInt64(max(1, count) - 1).leadingZeroBitCount)
  }

  /// Counts how many keys each entity has, puts each where its entity's are, and sorts those, which
  /// are few: nothing has to be moved through a second array.
  ///
  /// - Parameter each: calls its argument with each key and the rank of its entity, twice.
  private static func sorted(
    _ count: Int, entities: Int, each: ((UInt32, UInt64) -> Void) -> Void
  ) -> [UInt64] {
    var ends = [UInt32](repeating: 0, count: entities)
    each { entity, _ in ends[Int(entity)] += 1 }
    var sum: UInt32 = 0
    for entity in ends.indices { (ends[entity], sum) = (sum, sum + ends[entity]) }
    return [UInt64](unsafeUninitializedCapacity: count) { keys, initialized in
      each { entity, key in
        keys[Int(ends[Int(entity)])] = key
        ends[Int(entity)] += 1
      }
      initialized = count
      var start = 0
      for end in ends {
        sort(UnsafeMutableBufferPointer(rebasing: keys[start..<Int(end)]))
        start = Int(end)
      }
    }
  }

  /// Insertion, where a general sort would take longer to begin.
  private static func sort(_ keys: UnsafeMutableBufferPointer<UInt64>) {
    var keys = keys
    guard keys.count <= 32 else { return keys.sort() }
    for next in keys.indices.dropFirst() {
      let key = keys[next]
      var hole = next
      while hole > 0, keys[hole - 1] > key {
        keys[hole] = keys[hole - 1]
        hole -= 1
      }
      keys[hole] = key
    }
  }

  /// The distinct entities by number, and for each block which of them its own are.
  private static func entities(
    of blocks: [OperationBlock], _ transaction: StoreTransaction
  ) throws -> (distinct: [(number: Int64, id: EntityID)], ranks: [[UInt32]]) {
    var ordinals = EntityOrdinals()
    var ranks = blocks.map { $0.entities.map { ordinals.ordinal(of: $0) } }
    // Long stretches of them ascend, since those that came together have theirs in this order.
    let sorted = try transaction.interner.numbers(of: ordinals.entities)
      .sorted { $0.number < $1.number }
    replace(&ranks, byRanksIn: sorted.map(\.index))
    return (sorted.map { ($0.number, ordinals.entities[$0.index]) }, ranks)
  }

  /// The same of fields.
  private static func fields(
    of blocks: [OperationBlock], _ transaction: StoreTransaction
  ) throws -> (distinct: [(number: Int64, name: Field)], ranks: [[UInt32]]) {
    var ordinals: [Field: UInt32] = [:]
    var fields: [(number: Int64, name: Field)] = []
    var ranks = try blocks.map { block in
      try block.fields.map { field in
        if let ordinal = ordinals[field] { return ordinal }
        let ordinal = UInt32(fields.count)
        ordinals[field] = ordinal
        fields.append((try transaction.interner.number(of: field), field))
        return ordinal
      }
    }
    let order = fields.indices.sorted { fields[$0].number < fields[$1].number }
    replace(&ranks, byRanksIn: order)
    return (order.map { fields[$0] }, ranks)
  }

  /// Puts in the place of each ordinal where it stands in `order`.
  private static func replace(_ ordinals: inout [[UInt32]], byRanksIn order: [Int]) {
    var rankOfOrdinal = [UInt32](repeating: 0, count: order.count)
    for (rank, ordinal) in order.enumerated() { rankOfOrdinal[ordinal] = UInt32(rank) }
    for block in ordinals.indices {
      for index in ordinals[block].indices {
        ordinals[block][index] = rankOfOrdinal[Int(ordinals[block][index])]
      }
    }
  }
}

extension SortedBatch {
  /// One operation: a block and an index in it.
  struct Place {
    let block: Block
    let index: Int
    var number: Int { block.start + index }
  }

  var count: Int { keys.count }

  /// Where the operations of the register end whose first is at `start`.
  @inline(__always)
  func end(of start: Int) -> Int {
    let register = keys[start] >> SortedBatch.placeBits
    var end = start + 1
    while end < keys.count, keys[end] >> SortedBatch.placeBits == register { end += 1 }
    return end
  }

  /// Where the operations end on the same entity's registers as those at `start`, before `key`; of
  /// very many, where those of a register end.
  @inline(__always)
  func end(ofEntityAt start: Int, before key: RegisterKey, within count: Int) -> Int {
    let bits = SortedBatch.placeBits + fieldBits
    let entity = keys[start] >> bits
    let isLast = key.entity == self.entity(at: start).number
    var end = start + 1
    while end < keys.count, keys[end] >> bits == entity,
      !isLast || field(at: end).number < key.field
    {
      if end - start == count { return self.end(of: end - 1) }
      end += 1
    }
    return end
  }

  @inline(__always)
  func key(at position: Int) -> RegisterKey {
    RegisterKey(entity: entity(at: position).number, field: field(at: position).number)
  }

  @inline(__always)
  func entity(at position: Int) -> (number: Int64, id: EntityID) {
    entities[Int(keys[position] >> (SortedBatch.placeBits + fieldBits))]
  }

  @inline(__always)
  func field(at position: Int) -> (number: Int64, name: Field) {
    fields[Int(keys[position] >> SortedBatch.placeBits & (1 << fieldBits - 1))]
  }

  @inline(__always)
  func place(at position: Int) -> Place { place(Int(keys[position] & SortedBatch.placeMask)) }

  /// Looks at the stamps and values of the operations from `start` on, which are then in the
  /// processor's cache: looks at random places wait for memory side by side here, and where the
  /// operations are merged they would one after the other.
  ///
  /// - Parameter seen: changes with what was seen, or the compiler would leave the looks out.
  /// - Returns: where those end that were looked at.
  func fetch(from start: Int, _ seen: inout UInt64) -> Int {
    let end = min(start + SortedBatch.fetchCount, count)
    for position in start..<end {
      let place = place(at: position)
      let block = place.block.block
      seen &+= block.rows[place.index].stamp
      seen &+= UInt64(block.values[block.valueRange(at: place.index).lowerBound])
    }
    return end
  }

  /// What is fetched of as many fits the cache next to the processor.
  private static let fetchCount = 512

  @inline(__always)
  func place(_ number: Int) -> Place {
    var (low, high) = (0, blocks.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if blocks[middle].start <= number { low = middle } else { high = middle }
    }
    return Place(block: blocks[low], index: number - blocks[low].start)
  }
}
