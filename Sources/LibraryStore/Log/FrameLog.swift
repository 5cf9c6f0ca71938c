import Coding
import GRDB
import Replication

/// The log: a table of frames, each a stretch of one replica's operations in the bytes that go on
/// the wire.
struct FrameLog {
  private let transaction: StoreTransaction
  private var db: Database { transaction.db }

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  /// A frame as the table describes it, without its bytes.
  struct Entry {
    let id: Int64
    let replica: Int64
    let range: ClosedRange<UInt64>
    let operations: Int
    let superseded: Int
    let sequences: SequenceSet
    let storedLength: Int
    let inflated: Int
  }

  /// Adds a frame that holds `block`, as it came.
  func append(_ frame: Frame, of block: OperationBlock) throws {
    _ = try append(
      frame, of: block.replica, range: block.range, count: block.count,
      sequences: block.isDense ? nil : block.carried)
  }

  /// Adds what was gathered as a frame of its own, if that is anything.
  func append(_ builder: OperationBlockBuilder, superseded: Int = 0) throws {
    guard let range = builder.range else { return }
    let id = try append(
      builder.frame(), of: builder.replica, range: range, count: builder.count,
      sequences: builder.isDense ? nil : builder.carried)
    if superseded > 0 { try noteSuperseded(superseded, in: id) }
  }

  /// Returns the frame's id.
  ///
  /// - Parameter sequences: nil where the frame holds all of `range`.
  private func append(
    _ frame: Frame, of replica: ReplicaID, range: ClosedRange<UInt64>, count: Int,
    sequences: SequenceSet?
  ) throws -> Int64 {
    let insert = try CachedStatement(
      db,
      """
      INSERT INTO frame(
        replica, first, last, operations, sequences, deflated, inflated, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let replica = try transaction.interner.number(of: replica)
    try frame.stored.withUnsafeBytes {
      try insert.run([
        .integer(replica), .integer(range.lowerBound), .integer(range.upperBound),
        .integer(count), .blob(sequences?.bytes), .flag(frame.isDeflated),
        .integer(frame.inflatedLength), .bytes($0),
      ])
    }
    let id = db.lastInsertedRowID
    try tally(bytes: frame.stored.count)
    return id
  }

  /// Adds to the superseded operations a frame is said to hold.
  func noteSuperseded(_ superseded: Int, in frame: Int64) throws {
    let upsert = try CachedStatement(
      db,
      """
      INSERT INTO superseded(frame, operations) VALUES (?, ?)
      ON CONFLICT(frame) DO UPDATE SET operations = operations + excluded.operations
      """)
    try upsert.run([.integer(frame), .integer(superseded)])
  }

  private func tally(bytes: Int) throws {
    var change = TallyTable.Tally()
    change.logBytes = Int64(bytes)
    try TallyTable(db).add(change)
  }

  /// Adds `operations` of one replica as a frame of their own.
  func append(_ operations: [Operation], of replica: ReplicaID) throws {
    var builder = OperationBlockBuilder(replica: replica)
    for operation in operations { builder.append(operation) }
    try append(builder)
  }

  /// All frames of a replica, ascending.
  func entries(of replica: Int64) throws -> [Entry] {
    let select = try CachedStatement(
      db,
      """
      SELECT id, first, last, frame.operations, ifnull(superseded.operations, 0), sequences,
        length(bytes), inflated
      FROM frame LEFT JOIN superseded ON superseded.frame = frame.id
      WHERE replica = ? ORDER BY first, id
      """)
    return try select.all([.integer(replica)]) { row in
      let range = UInt64(row.integer(1))...UInt64(row.integer(2))
      let stored = row.bytes(5)
      let sequences =
        stored.isEmpty
        ? SequenceSet(range)
        : try ByteReader.read(stored) { (reader: inout ByteReader) throws(CodingError) in
          try SequenceSet(from: &reader)
        }
      return Entry(
        id: row.integer(0), replica: replica, range: range, operations: Int(row.integer(3)),
        superseded: Int(row.integer(4)), sequences: sequences,
        storedLength: Int(row.integer(6)), inflated: Int(row.integer(7)))
    }
  }

  /// How many operations all frames hold.
  func operationCount() throws -> Int {
    try Int.fetchOne(db, sql: "SELECT sum(operations) FROM frame") ?? 0
  }

  /// The frames that stand for an operation.
  func frames(over dot: Dot) throws -> [Int64] {
    guard let replica = transaction.interner.existingNumber(of: dot.replica) else { return [] }
    let select = try CachedStatement(
      db, "SELECT id FROM frame WHERE replica = ? AND first <= ? AND last >= ? ORDER BY first, id")
    return try select.all([.integer(replica), .integer(dot.sequence), .integer(dot.sequence)]) {
      $0.integer(0)
    }
  }

  func frame(_ id: Int64) throws -> Frame {
    guard let frame = try existingFrame(id) else {
      throw StoreError.damaged("frame \(id) is not in the table")
    }
    return frame
  }

  private func existingFrame(_ id: Int64) throws -> Frame? {
    let select = try CachedStatement(
      db, "SELECT deflated, inflated, bytes FROM frame WHERE id = ?")
    return try select.first([.integer(id)]) { row in
      try Frame(
        kind: .operations, isDeflated: row.integer(0) == 1,
        inflatedLength: Int(row.integer(1)), stored: row.bytes(2))
    }
  }

  func block(_ id: Int64) throws -> OperationBlock {
    try OperationBlock(payload: frame(id).payload())
  }

  /// Nil where no frame has this id any more.
  func existingBlock(_ id: Int64) throws -> OperationBlock? {
    try existingFrame(id).map { try OperationBlock(payload: $0.payload()) }
  }

  func delete(_ entry: Entry) throws {
    for rows in ["frame WHERE id", "superseded WHERE frame"] {
      try CachedStatement(db, "DELETE FROM \(rows) = ?").run([.integer(entry.id)])
    }
    try tally(bytes: -entry.storedLength)
  }
}

extension FrameLog {
  /// Whether most of a frame's operations are superseded, and they are not too few to care.
  func isWorthRewriting(_ operations: Int, superseded: Int) -> Bool {
    operations >= 64 && 2 * superseded > operations
  }

  /// Joins neighboring frames of a replica, the newest: two by two while they are tiny, and
  /// otherwise once there are ``fanIn`` of which each is at most twice as long as those after it
  /// together. So their number grows with the logarithm of the history, and an operation is copied
  /// about as often as that has digits.
  func rollUp(_ replica: Int64) throws {
    while true {
      let entries = try entries(of: replica)
      let tail = try joinable(entries)
      let isTiny = tail.suffix(2).reduce(0) { $0 + $1.inflated } <= FrameLog.tinyBytes
      guard tail.count >= (isTiny ? 2 : FrameLog.fanIn) else { return }
      try join(isTiny ? tail.suffix(2) : tail)
    }
  }

  private static let fanIn = 8
  private static let tinyBytes = 4_096

  /// The newest that may become one.
  private func joinable(_ entries: [Entry]) throws -> ArraySlice<Entry> {
    guard var first = entries.indices.last else { return [] }
    var (inflated, operations) = (entries[first].inflated, entries[first].operations)
    while first > 0 {
      let older = entries[first - 1]
      guard older.inflated <= 2 * inflated,
        older.inflated + inflated <= Limits.frameTargetBytes,
        older.operations + operations <= Limits.frameOperations,
        try isNeighbor(older, of: entries[first])
      else { break }
      first -= 1
      inflated += older.inflated
      operations += older.operations
    }
    return entries[first...]
  }

  private func join(_ entries: ArraySlice<Entry>) throws {
    guard let replica = entries.first?.replica else { return }
    var joined = OperationBlockBuilder(replica: try transaction.interner.replica(replica))
    for entry in entries {
      joined.append(try block(entry.id))
      try delete(entry)
    }
    try append(joined, superseded: entries.reduce(0) { $0 + $1.superseded })
  }

  /// Whether nothing unknown lies between: a frame over a gap would stand for what it cannot vouch
  /// for.
  private func isNeighbor(_ older: Entry, of newer: Entry) throws -> Bool {
    let (gapStart, overflow) = older.range.upperBound.addingReportingOverflow(1)
    guard !overflow, gapStart <= newer.range.lowerBound else { return false }
    guard gapStart < newer.range.lowerBound else { return true }
    let known = transaction.knowledge[try transaction.interner.replica(newer.replica)]
    return known.contains(gapStart...(newer.range.lowerBound - 1))
  }
}
