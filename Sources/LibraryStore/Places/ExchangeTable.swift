import Coding
import GRDB
import Replication

/// The tables of what is remembered of exchanges.
struct ExchangeTable {
  private let db: Database

  init(_ db: Database) {
    self.db = db
  }

  func records() throws -> [(key: String, value: ExchangeRecord)] {
    let select = try CachedStatement(
      db,
      """
      SELECT name, length, carried, part, parts, passed_over, unreadable_length, unreadable_since,
        replaced, header, checked, lacking, unreadable_tried
      FROM exchange_file
      """)
    return try select.all { (key: $0.text(0), value: try ExchangeTable.record($0)) }
  }

  private static func record(_ row: SQLRow) throws -> ExchangeRecord {
    var record = ExchangeRecord()
    if !row.isNull(2) {
      let content = ExchangeRecord.Content(
        length: Int(row.integer(1)), carried: try Knowledge(bytes: row.bytes(2)),
        part: Int(row.integer(3)), parts: Int(row.integer(4)), isPassedOver: row.flag(5))
      if row.flag(10) { record.checked = content } else { record.content = content }
    }
    if !row.isNull(6) {
      record.fault = ExchangeRecord.Fault(
        length: Int(row.integer(6)), since: row.integer(7), tried: row.integer(12))
    }
    if !row.isNull(8) { record.replaced = row.integer(8) }
    if !row.isNull(9) { record.header = row.bytes(9) }
    if !row.isNull(11) { record.lacking = try Knowledge(bytes: row.bytes(11)) }
    return record
  }

  /// - Parameter bodies: of an own file, those it carries.
  func note(_ name: String, _ record: ExchangeRecord, bodies: [ContentHash]?) throws {
    let content = record.content ?? record.checked
    try CachedStatement(
      db,
      """
      INSERT INTO exchange_file(
        name, length, carried, part, parts, passed_over, checked, unreadable_length,
        unreadable_since, replaced, header, bodies, lacking,
        unreadable_tried)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT(name) DO UPDATE SET length = excluded.length, carried = excluded.carried,
        part = excluded.part, parts = excluded.parts, passed_over = excluded.passed_over,
        checked = excluded.checked, unreadable_length = excluded.unreadable_length,
        unreadable_since = excluded.unreadable_since, replaced = excluded.replaced,
        header = excluded.header, bodies = coalesce(excluded.bodies, bodies),
        lacking = excluded.lacking, unreadable_tried = excluded.unreadable_tried
      """
    ).run([
      .text(name), content.map { .integer($0.length) } ?? .null,
      .blob(content?.carried.bytes), .integer(content?.part ?? 1),
      .integer(content?.parts ?? 1), .flag(content?.isPassedOver ?? false),
      .flag(record.content == nil && record.checked != nil),
      record.fault.map { .integer($0.length) } ?? .null,
      record.fault.map { .int64($0.since) } ?? .null, record.replaced.map { .int64($0) } ?? .null,
      .blob(record.header), .blob(bodies?.flatMap(\.bytes)),
      .blob(record.lacking?.bytes), record.fault.map { .int64($0.tried) } ?? .null,
    ])
  }

  func forget(_ name: String) throws {
    try CachedStatement(db, "DELETE FROM exchange_file WHERE name = ?").run([.text(name)])
  }

  /// Forgets the files that carry any of these sequences of a replica: they are read again, since
  /// what they brought is no longer known.
  func forgetFiles(carrying sequences: SequenceSet, of replica: ReplicaID) throws {
    for (name, record) in try records() {
      guard let carried = (record.content ?? record.checked)?.carried[replica],
        !carried.intersection(sequences).isEmpty
      else { continue }
      try forget(name)
    }
  }

  /// The bodies that own files carry and a register still names; nil where one of them is not here.
  func namedBodies(of files: [String]) throws -> Set<ContentHash>? {
    let select = try CachedStatement(
      db, "SELECT bodies FROM exchange_file WHERE name = ? AND bodies IS NOT NULL")
    var carried: Set<ContentHash> = []
    for name in files {
      carried.formUnion(ContentHash.list(try select.first([.text(name)]) { $0.bytes(0) } ?? []))
    }
    guard !carried.isEmpty else { return [] }
    var named: Set<ContentHash> = []
    var isLacking = false
    // All are walked through, since nothing else asks who names a body.
    try CachedStatement(db, "SELECT hash, missing FROM body_use").walk { row in
      guard let hash = row.hash(0), carried.contains(hash) else { return }
      if row.flag(1) { isLacking = true } else { named.insert(hash) }
    }
    return isLacking ? nil : named
  }

  func damage() throws -> [[UInt8]: Int64] {
    let rows = try CachedStatement(db, "SELECT name, since FROM exchange_damage")
      .all { ($0.bytes(0), $0.integer(1)) }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }

  func forgetDamage(_ name: [UInt8]) throws {
    try CachedStatement(db, "DELETE FROM exchange_damage WHERE name = ?").run([.blob(name)])
  }

  /// A name that is known already keeps its time.
  func noteDamage(_ name: [UInt8], since: Int64) throws {
    try CachedStatement(db, "INSERT OR IGNORE INTO exchange_damage(name, since) VALUES (?, ?)")
      .run([.blob(name), .int64(since)])
  }

  /// Bodies here that peers want and that were not put into this place since.
  func unanswered(at place: String) throws -> [(peer: Int64, hash: ContentHash)] {
    let wants = try CachedStatement(db, "SELECT replica, wanted FROM peer WHERE wanted <> x''")
      .all { row in ContentHash.list(row.bytes(1)).map { (peer: row.integer(0), hash: $0) } }
      .flatMap(\.self)
    let bodies = BodyTable(db)
    let answer = try CachedStatement(
      db, "SELECT 1 FROM exchange_answer WHERE peer = ? AND hash = ? AND place = ?")
    return try wants.filter { want in
      try !answer.hasRow([.int64(want.peer), .hash(want.hash), .text(place)])
        && bodies.has(want.hash)
    }
  }

  func noteAnswered(_ wants: [(peer: Int64, hash: ContentHash)], at place: String) throws {
    let insert = try CachedStatement(
      db, "INSERT OR IGNORE INTO exchange_answer(peer, hash, place) VALUES (?, ?, ?)")
    for want in wants {
      try insert.run([.int64(want.peer), .hash(want.hash), .text(place)])
    }
  }

  func knows(place: String) throws -> Bool {
    try CachedStatement(db, "SELECT 1 FROM exchange_place WHERE place = ?").hasRow([.text(place)])
  }

  func note(place: String) throws {
    try CachedStatement(db, "INSERT OR IGNORE INTO exchange_place(place) VALUES (?)")
      .run([.text(place)])
  }
}
