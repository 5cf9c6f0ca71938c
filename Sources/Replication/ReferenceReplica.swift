/// The merge rules at their plainest: a replica in memory, slow and obviously right, which the
/// durable store must agree with after any history.
public struct ReferenceReplica: Sendable {
  public let id: ReplicaID
  public private(set) var clock: Clock
  public private(set) var registers: [RegisterID: Register] = [:]
  public private(set) var knowledge = Knowledge()
  public private(set) var fingerprint = Fingerprint.empty
  /// Statements whose basis or carried operations have not all arrived.
  public private(set) var waiting: [DeltaStatement] = []
  private var nextSequence: UInt64 = 1

  public init(id: ReplicaID, clock: Clock = Clock(last: .zero)) {
    self.id = id
    self.clock = clock
  }

  /// What an author is shown of a register now.
  public func shown(_ register: RegisterID) -> Shown {
    registers[register]?.shown(knowing: knowledge) ?? Shown(unwritten: register)
  }

  /// Writes one register at wall time `now`, in milliseconds since 1970.
  ///
  /// `authored` text carries a context that covers what its author was `shown`; what the register
  /// shows now, unless another is given. Throws `stampsExhausted`.
  @discardableResult
  public mutating func write(
    _ value: Value, to register: RegisterID, authored: Bool = false, over shown: Shown? = nil,
    now: Int64
  ) throws(ReplicationError) -> Operation {
    let present = registers[register]?.winner.stamp
    let reading = try clock.tick(wallMilliseconds: now)
    let operation = try Operation(
      dot: Dot(replica: id, sequence: nextSequence),
      stamp: Clock.stamp(reading: reading, over: present), register: register,
      value: value, context: authored ? (shown ?? self.shown(register)).context : nil)
    nextSequence += 1
    join([operation], into: register)
    return operation
  }

  /// Applies what arrived, in whatever order, part and repetition.
  public mutating func apply(_ delta: Delta) {
    for (register, operations) in Dictionary(grouping: delta.operations, by: \.register) {
      join(operations, into: register)
    }
    waiting = knowledge.conclude(waiting + [delta.statement].compactMap { $0 })
  }

  /// What a replica that knows `basis` lacks of what is held here.
  public func delta(since basis: Knowledge) -> Delta {
    let operations = held.filter { !basis.contains($0.dot) }.sorted { $0.dot < $1.dot }
    var carried = Knowledge()
    for operation in operations { carried.insert(operation.dot) }
    return Delta(
      operations: operations,
      statement: DeltaStatement(basis: basis, carried: carried, known: knowledge))
  }

  /// Every winner and sibling.
  public var held: [Operation] { registers.values.flatMap(\.held) }

  private mutating func join(_ operations: [Operation], into register: RegisterID) {
    guard let first = operations.first else { return }
    for operation in operations { knowledge.insert(operation.dot) }
    var result = registers[register] ?? Register(first)
    if registers[register] != nil { fingerprint.subtract(result) }
    result.join(operations)
    registers[register] = result
    fingerprint.add(result)
  }
}
