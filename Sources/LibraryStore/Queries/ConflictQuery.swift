import Articles
import Coding
import GRDB
import Replication

/// Finds the conflicts, and reads some of them.
struct ConflictQuery {
  private let transaction: StoreTransaction
  private let table: RegisterTable

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    table = try RegisterTable(transaction)
  }

  /// Whether a field of the entity has one.
  func isInConflict(_ entity: Int64) throws -> Bool {
    let select = try CachedStatement(
      transaction.db, "SELECT DISTINCT field FROM sibling WHERE entity = ?")
    let fields = try select.all([.integer(entity)]) { $0.integer(0) }
    return try fields.contains { field in
      var isInConflict = false
      _ = try table.surveyHidden(RegisterKey(entity: entity, field: field)) { _ in
        isInConflict = true
      }
      return isInConflict
    }
  }

  /// The numbers of the entities in which one is.
  func entities() throws -> Set<Int64> {
    var entities: Set<Int64> = []
    try walkAnnotated { entities.insert($0.article) }
    try walk { key in _ = try table.surveyHidden(key) { _ in entities.insert(key.entity) } }
    return entities
  }

  /// As many as ``places()`` lists.
  func count() throws -> Int {
    var count = 0
    try walkAnnotated { _ in count += 1 }
    try walk { key in _ = try table.surveyHidden(key) { _ in count += 1 } }
    return count
  }

  /// By register, and of one register the weakest first (Protocol 5.6).
  func places() throws -> [ConflictPlace] {
    var notes: [Int64: Annotation] = [:]
    try walkAnnotated { notes[$0.article] = $0 }
    var found = ConflictGathering(transaction)
    let deleted = try transaction.interner.existingNumber(of: ArticleField.deleted)
    func gather(_ key: RegisterKey) throws {
      var candidates: [ConflictCandidate] = []
      let shownLength = try table.surveyHidden(key) { candidates.append(try candidate($0, key)) }
      if key.field == deleted, let note = notes.removeValue(forKey: key.entity) {
        candidates.append(try candidate(note, key))
      }
      guard !candidates.isEmpty else { return }
      try found.add(sorted(candidates).map(\.place), of: key, shownLength: shownLength ?? 0)
    }
    try walk(gather)
    if let deleted {
      for article in notes.keys.sorted() {
        try gather(RegisterKey(entity: article, field: deleted))
      }
    }
    return try found.sorted()
  }

  /// Those of one register, the weakest first. An article's annotation is none of its note's.
  func conflicts(of register: RegisterID) throws -> [Conflict] {
    guard let key = try table.key(of: register) else { return [] }
    var candidates: [ConflictCandidate] = []
    _ = try table.surveyHidden(key) { candidates.append(try candidate($0, key)) }
    return try conflicts(at: sorted(candidates).map(\.place)[...], after: nil)
  }

  private func sorted(_ candidates: [ConflictCandidate]) throws -> [ConflictCandidate] {
    try candidates.sorted {
      let order = OperationOrder($0, $1)
      guard order == .same else { return order == .loses }
      // No honest replica wrote two: what they say decides, and two are held at a time.
      guard let left = try lost(at: $0.place), let right = try lost(at: $1.place) else {
        return false
      }
      return right.beats(left)
    }
  }

  private func candidate(_ row: RegisterTable.Hidden, _ key: RegisterKey) throws
    -> ConflictCandidate
  {
    let replica = try transaction.interner.replica(row.replica)
    return ConflictCandidate(
      place: ConflictPlace(
        register: key, lost: .sibling(try row.digest()),
        dot: Dot(replica: replica, sequence: UInt64(row.sequence)),
        length: UInt32(clamping: row.length + 2 * row.contextLength)),
      stamp: row.stamp)
  }

  private func candidate(_ note: Annotation, _ key: RegisterKey) throws -> ConflictCandidate {
    let replica = try transaction.interner.replica(note.replica)
    return ConflictCandidate(
      place: ConflictPlace(
        register: key, lost: .note, dot: Dot(replica: replica, sequence: UInt64(note.sequence)),
        length: UInt32(clamping: note.length)),
      stamp: note.stamp)
  }

  /// Calls `body` with each register in which there is authored text.
  ///
  /// One sibling is a conflict too where a plain write, such as an import's, wins over it.
  private func walk(_ body: (RegisterKey) throws -> Void) throws {
    try CachedStatement(transaction.db, "SELECT DISTINCT entity, field FROM sibling")
      .walk { try body(RegisterKey(entity: $0.integer(0), field: $0.integer(1))) }
  }

  /// A note stamped above its article's tombstone.
  private struct Annotation {
    let article: Int64
    let stamp: Int64
    /// Its interned number.
    let replica: Int64
    let sequence: Int64
    let length: Int
  }

  /// Calls `body` with each article that was deleted here and annotated there, ascending.
  private func walkAnnotated(_ body: (Annotation) throws -> Void) throws {
    guard let deleted = try transaction.interner.existingNumber(of: ArticleField.deleted),
      let note = try transaction.interner.existingNumber(of: ArticleField.note)
    else { return }
    var registers = try RegisterScan(transaction.db)
    defer { registers.close() }
    let select = try CachedStatement(
      transaction.db, "SELECT id FROM article INDEXED BY article_deleted WHERE deleted ORDER BY id")
    try select.walk { row in
      let article = row.integer(0)
      var (noted, removed): (Annotation?, Int64?)
      try registers.walk(of: article) { register, value in
        // A note that was taken away, or that is no text, annotates nothing.
        if register.field == note, ConflictQuery.isText(value) {
          noted = Annotation(
            article: article, stamp: register.stamp, replica: register.replica,
            sequence: Int64(register.sequence), length: value.count)
        }
        if register.field == deleted { removed = register.stamp }
      }
      if let noted, let removed, noted.stamp > removed { try body(noted) }
    }
  }

  /// Whether a value is text, and not empty.
  private static func isText(_ value: some Collection<UInt8>) -> Bool {
    value.first == Value.Tag.text.rawValue && value.count > 1
  }
}

// Reading them.
extension ConflictQuery {
  /// Those at some of the places, in their order, without those that were settled meanwhile.
  ///
  /// - Parameter previous: the conflict before them: of its register nothing is read again.
  func conflicts(
    at places: ArraySlice<ConflictPlace>, after previous: Conflict?
  ) throws -> [Conflict] {
    var open: (key: RegisterKey, kept: Operation, shown: Shown)?
    if let previous, let key = places.first?.register, try id(of: key) == previous.register {
      open = (key, previous.kept, previous.shown)
    }
    var conflicts: [Conflict] = []
    for place in places {
      if open?.key != place.register { open = try self.open(place.register) }
      guard let open, let lost = try lost(at: place), isHidden(lost, place, behind: open.kept)
      else { continue }
      conflicts.append(
        Conflict(register: open.shown.register, kept: open.kept, lost: lost, shown: open.shown))
    }
    return conflicts
  }

  private func open(
    _ key: RegisterKey
  ) throws -> (key: RegisterKey, kept: Operation, shown: Shown)? {
    let id = try id(of: key)
    guard let face = try table.face(id, key) else { return nil }
    let shown = Shown(id, value: face.winner.value, conflicts: [], context: face.context)
    return (key, face.winner, shown)
  }

  private func isHidden(_ lost: Operation, _ place: ConflictPlace, behind kept: Operation) -> Bool {
    switch place.lost {
    case .sibling: lost.value != kept.value
    case .note:
      kept.value.flag == true && lost.stamp > kept.stamp && ConflictQuery.isText(lost.value.bytes)
    }
  }

  /// What is not shown; nil where it has gone.
  private func lost(at place: ConflictPlace) throws -> Operation? {
    switch place.lost {
    case .sibling(let digest):
      return try table.sibling(digest, of: id(of: place.register), place.register)
    case .note:
      let article = try transaction.interner.entity(place.register.entity)
      let note = RegisterID(article, ArticleField.note)
      return try table.key(of: note).flatMap { try table.face(note, $0)?.winner }
    }
  }

  private func id(of key: RegisterKey) throws -> RegisterID {
    RegisterID(
      try transaction.interner.entity(key.entity), try transaction.interner.field(key.field))
  }
}

/// A conflict, with what most often decides on its place among others.
private struct ConflictCandidate {
  let place: ConflictPlace
  let stamp: Int64
}

extension OperationOrder {
  /// Of two candidates, as far as can be told without reading what they say.
  fileprivate init(_ left: ConflictCandidate, _ right: ConflictCandidate) {
    self.init(
      stamps: (UInt64(bitPattern: left.stamp), UInt64(bitPattern: right.stamp)),
      replicas: { (left.place.dot.replica, right.place.dot.replica) }, values: { _ in .same },
      sequences: { (0, 0) },
      contexts: { (nil, nil) })
  }
}

/// Puts the conflicts of registers, which are met in the order of their numbers, into the order of
/// their ids.
private struct ConflictGathering {
  private let transaction: StoreTransaction
  private var places: [ConflictPlace] = []
  private var groups: [Group] = []

  private struct Group {
    let entity: EntityID
    let field: Int64
    let places: Range<Int>
  }

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  /// - Parameter shownLength: how long what is shown is, which is read with the first.
  mutating func add(
    _ new: [ConflictPlace], of key: RegisterKey, shownLength: Int
  ) throws {
    let start = places.count
    places += new
    places[start].length = UInt32(clamping: Int(places[start].length) + shownLength)
    groups.append(
      Group(
        entity: try transaction.interner.entity(key.entity), field: key.field,
        places: start..<places.count))
  }

  func sorted() throws -> [ConflictPlace] {
    let sorted = try groups.sorted {
      guard $0.entity == $1.entity else { return $0.entity < $1.entity }
      return try transaction.interner.field($0.field) < transaction.interner.field($1.field)
    }
    return sorted.flatMap { places[$0.places] }
  }
}
