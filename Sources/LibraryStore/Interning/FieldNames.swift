import GRDB
import Replication

/// The numbers of field names, looked up when they are asked for: tags and references to images are
/// names too, so a library may have any number of them.
///
/// What was looked up is kept for a while. A reference, since reading from it adds to what is kept.
final class FieldNames {
  private let db: Database
  private var numbers: [Field: Int64] = [:]
  private var names: [Int64: Field] = [:]

  /// So many are kept at most; a name has up to a kilobyte.
  static let maximumCount = 2_048

  init(_ db: Database) {
    self.db = db
  }

  func number(of field: Field) throws -> Int64 {
    if let number = try existingNumber(of: field) { return number }
    try CachedStatement(db, "INSERT INTO field(name) VALUES (?)").run([.blob(field.bytes)])
    keep(field, as: db.lastInsertedRowID)
    return db.lastInsertedRowID
  }

  /// Nil where the library has no register of that name.
  func existingNumber(of field: Field) throws -> Int64? {
    if let number = numbers[field] { return number }
    let number = try CachedStatement(db, "SELECT id FROM field WHERE name = ?")
      .first([.blob(field.bytes)]) { $0.integer(0) }
    if let number { keep(field, as: number) }
    return number
  }

  /// Throws `damaged` for a number no row explains.
  func field(_ number: Int64) throws -> Field {
    if let field = names[number] { return field }
    let stored = try CachedStatement(db, "SELECT name FROM field WHERE id = ?")
      .first([.integer(number)]) { try Field(bytes: $0.bytes(0)) }
    guard let field = stored else {
      throw StoreError.damaged("a row names field \(number), which is not in the table")
    }
    keep(field, as: number)
    return field
  }

  private func keep(_ field: Field, as number: Int64) {
    // The few that every article has come back at once.
    if names.count >= FieldNames.maximumCount { forget() }
    numbers[field] = number
    names[number] = field
  }

  /// To be called where rows of the table were taken back.
  func forget() {
    numbers.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
  }
}
