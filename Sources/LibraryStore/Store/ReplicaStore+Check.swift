import Articles
import Coding
import GRDB
import Replication

/// What `check` found. Everything listed was seen, nothing is guessed.
public struct CheckReport: Sendable {
  /// In words, the first few of each sort.
  public var damage: [String] = []
  public var framesChecked = 0
  public var registersChecked = 0
  public var bodiesChecked = 0
  /// What `repair` mended, in words.
  public var repaired: [String] = []
  /// The damage that is there at the end: all of it, or what `repair` could not mend.
  public var left: [String] = []
  /// Whether the article table was left out, since comparing it takes a library that can be written.
  public var isWithoutArticles = false
}

extension ReplicaStore {
  /// Compares the tables with one another: SQLite's own check, frames against knowledge,
  /// registers against the fingerprint, the projections against the registers; and, when deep,
  /// every body against its hash.
  ///
  /// Checking makes the projections anew to compare with, and takes that back. With `repair`,
  /// registers that do not read or do not make the fingerprint are made anew from the log, if all
  /// of it reads, and projections from the registers; bodies that are not what their names say are
  /// dropped, so that the next exchange brings them again.
  ///
  /// - Parameter progress: told rows checked and in all.
  package func check(
    deep: Bool, repair: Bool,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(StoreError) -> CheckReport {
    var report = try look(deep: deep, progress)
    report.left = report.damage
    guard repair, !report.damage.isEmpty else { return report }
    report = try change { transaction in
      var check = LibraryCheck(transaction)
      try check.run(deep: deep)
      try check.repair()
      return check.report
    }
    report.left = try look(deep: deep).damage
    return report
  }

  private func look(
    deep: Bool, _ progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(StoreError) -> CheckReport {
    func checked(_ transaction: StoreTransaction) throws -> CheckReport {
      var check = LibraryCheck(transaction, progress)
      try check.run(deep: deep, withArticles: !isReadOnly)
      return check.report
    }
    return try isReadOnly
      ? read { try checked(StoreTransaction($0)) } : change(dryRun: true, checked)
  }
}

/// One run of the checks within a transaction.
private struct LibraryCheck {
  var report = CheckReport()
  private let transaction: StoreTransaction
  private var fingerprint = Fingerprint.empty
  private var highestStamp: UInt64 = 0
  private var damagedBodies: [ContentHash] = []
  private var miscountedPieces: [ContentHash] = []
  private var logIsDamaged = false
  /// The keys of the runs that do not read.
  private var damagedRuns: [RegisterKey] = []
  private var projectionDiffers = false
  private var tallyDiffers = false
  private let progress: (Int, Int) -> Void
  private var (done, total) = (0, 0)
  private var db: Database { transaction.db }

  init(_ transaction: StoreTransaction, _ progress: @escaping (Int, Int) -> Void = { _, _ in }) {
    self.transaction = transaction
    self.progress = progress
  }

  mutating func run(deep: Bool, withArticles: Bool = true) throws {
    report.isWithoutArticles = !withArticles
    for table in ["frame", "register_run"] + (deep ? ["body"] : []) {
      total += try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
    }
    progress(0, total)
    for line in try String.fetchAll(db, sql: "PRAGMA quick_check(10)") where line != "ok" {
      report.damage.append("SQLite reports: \(line)")
    }
    try checkLog()
    try checkRegisters()
    try checkTally()
    if damagedRuns.isEmpty, withArticles { try checkProjection() }
    if deep { try checkBodies() }
  }

  private mutating func noteRow() {
    done += 1
    progress(done, total)
  }

  private mutating func checkLog() throws {
    let log = FrameLog(transaction)
    for replica in transaction.interner.replicas {
      let known = transaction.knowledge[replica]
      for entry in try log.entries(of: transaction.interner.number(of: replica)) {
        report.framesChecked += 1
        noteRow()
        do {
          let block = try log.block(entry.id)
          if block.carried != entry.sequences || block.replica != replica {
            report.damage.append("log frame \(entry.id) does not hold what its row says")
          }
        } catch let error as CodingError {
          logIsDamaged = true
          report.damage.append("log frame \(entry.id) does not read: \(error)")
        }
        if !known.isSuperset(of: entry.sequences) {
          report.damage.append("log frame \(entry.id) holds operations that are not known")
        }
      }
    }
  }

  private mutating func checkRegisters() throws {
    damagedRuns = try RegisterTable(transaction).check({ check($0) }, progress: { noteRow() })
    for entity in Set(damagedRuns.map(\.entity)).sorted().prefix(10) {
      report.damage.append("the registers from entity \(entity) on do not read")
    }
    if highestStamp > transaction.highestStamp {
      report.damage.append("a register bears a greater stamp than is noted")
    }
    if fingerprint != transaction.fingerprint {
      report.damage.append(
        "the fingerprint is \(transaction.fingerprint), the registers make \(fingerprint)")
    }
  }

  private mutating func check(_ register: Register) {
    fingerprint.add(register)
    highestStamp = max(highestStamp, register.winner.stamp.rawValue)
    report.registersChecked += 1
    for operation in register.held where !transaction.knowledge.contains(operation.dot) {
      report.damage.append(
        "register \(operation.register.field.name) holds an operation that is not known")
    }
  }

  private mutating func checkTally() throws {
    let table = TallyTable(db)
    tallyDiffers = try table.tally() != table.counted()
    if tallyDiffers { report.damage.append("the tally differs from what is there") }
  }

  private mutating func checkProjection() throws {
    let before = try projectionDigests()
    try makeProjections()
    let after = try projectionDigests()
    projectionDiffers = before != after
    if projectionDiffers {
      report.damage.append("the article table differs from the registers")
    }
  }

  private func makeProjections() throws {
    var articles = try ArticleProjection(transaction)
    try articles.updateAll()
    var highlights = try HighlightProjection(transaction)
    try highlights.updateAll()
  }

  /// A digest of each of the projected tables.
  private func projectionDigests() throws -> [String] {
    try [
      "SELECT * FROM article ORDER BY id", "SELECT * FROM article_tag ORDER BY article, tag",
      // What is not here may be wanted or left out, which no register says.
      "SELECT entity, field, hash, missing <> 0 FROM body_use ORDER BY entity, field",
      "SELECT * FROM highlight ORDER BY id",
    ].map { sql in
      var hash = SipHash128(key0: 0, key1: 0)
      let rows = try Row.fetchCursor(db, sql: sql)
      while let row = try rows.next() {
        Array("\(row)".utf8).withUnsafeBytes { hash.combine($0) }
      }
      return Hexadecimal.text(of: hash.finish().bytes)
    }
  }

  private mutating func checkBodies() throws {
    let bodies = BodyReader(db)
    // In the order of their chunks, so that each is inflated once.
    try CachedStatement(db, "SELECT hash FROM body ORDER BY chunk").walk { row in
      guard let hash = row.hash(0) else { return }
      report.bodiesChecked += 1
      noteRow()
      if try !isWhole(hash, bodies) { damagedBodies.append(hash) }
    }
    damagedBodies.sort()
    report.damage += damagedBodies.map { "body \($0) is not what its name says" }
    miscountedPieces = try BodyTable(db).miscountedPieces()
    report.damage += miscountedPieces.map { "the pieces of body \($0) are not as noted" }
  }

  private func isWhole(_ hash: ContentHash, _ bodies: BodyReader) throws -> Bool {
    do {
      return try bodies.body(hash).map { ContentHash(of: $0) } == hash
    } catch let error as DatabaseError where error.resultCode != .SQLITE_CORRUPT {
      // A medium that cannot be read just now says nothing of the body.
      throw error
    } catch {
      return false
    }
  }

  /// The projection was made anew by checking it, unless the registers did not read.
  ///
  /// Registers that do not read are left alone where the log does not read either: what is there
  /// may be worth more to whoever looks by hand than what can be made of the rest.
  mutating func repair() throws {
    if !damagedRuns.isEmpty || fingerprint != transaction.fingerprint {
      if !logIsDamaged {
        try mendRegisters()
      } else if damagedRuns.isEmpty {
        transaction.fingerprint = fingerprint
        report.repaired.append("the fingerprint, from the registers")
      }
    }
    if highestStamp > transaction.highestStamp {
      transaction.noteStamp(highestStamp)
      report.repaired.append("the highest stamp, from the registers")
    }
    if !damagedBodies.isEmpty { try BodyTable(db).forget(Set(damagedBodies)) }
    for hash in miscountedPieces { try BodyTable(db).forgetPieces(of: hash) }
    report.repaired += miscountedPieces.map { "the pieces of body \($0) are thrown away" }
    report.repaired += damagedBodies.map { "body \($0) is now missing and will be asked for" }
    if projectionDiffers { report.repaired.append("the article table, from the registers") }
    try TallyTable(db).recount()
    if tallyDiffers { report.repaired.append("the tally, from what is there") }
  }

  /// Makes the registers anew from the log, which holds all that is not superseded.
  ///
  /// If these do not make the fingerprint that was noted, the log may have lost frames. Then the
  /// registers that read stay, and the log is joined into them: nothing goes that either has.
  private mutating func mendRegisters() throws {
    let noted = transaction.fingerprint
    try db.inSavepoint {
      try db.execute(sql: "DELETE FROM register_run; DELETE FROM sibling")
      transaction.fingerprint = .empty
      try joinLog()
      return transaction.fingerprint == noted ? .commit : .rollback
    }
    let isWhole = transaction.fingerprint == noted
    if !isWhole {
      transaction.interner = try Interner(db)
      transaction.changedArticles = NumberSet()
      transaction.changedHighlights = NumberSet()
      try RegisterTable(transaction).remove(damagedRuns)
      var kept = LibraryCheck(transaction)
      try kept.checkRegisters()
      transaction.fingerprint = kept.fingerprint
      try joinLog()
    }
    try makeProjections()
    projectionDiffers = false
    let source = isWhole ? "the log" : "what reads of them and the log"
    report.repaired.append("the registers and the article table, from \(source)")
  }

  private func joinLog() throws {
    let log = FrameLog(transaction)
    for replica in transaction.interner.replicas {
      for entry in try log.entries(of: transaction.interner.number(of: replica)) {
        _ = try RegisterTable.merge([log.block(entry.id)], transaction)
      }
    }
    // They are counted as superseded already.
    transaction.superseded = [:]
  }
}
