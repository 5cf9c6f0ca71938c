import Coding
import GRDB
import Replication

/// Which of the bodies that come from elsewhere are stored, where not every text is kept.
struct KeepingRoom {
  private let db: Database
  private let maximumBytes: Int64?

  /// Nil where every text is kept.
  init?(_ db: Database) throws {
    guard let entry = try KeepingTable(db).entry() else { return nil }
    self.db = db
    maximumBytes = entry.policy.maximumBytes.map(Int64.init)
  }

  /// Those of a frame's bodies that a register wants and that have room. About how much room the
  /// others would take is noted, so that they are asked for only when there is as much.
  ///
  /// - Parameters:
  ///   - entries: those that are not here.
  ///   - length: of all that is in the frame, as it was before it was recoded and deflated.
  func chosen(
    _ entries: [BodyChunk.Entry], of frame: Frame, length: Int
  ) throws -> [BodyChunk.Entry] {
    let select = try CachedStatement(
      db, "SELECT min(missing) FROM body_use WHERE missing AND hash = ?")
    var room = try maximumBytes.map { $0 - (try TallyTable(db).tally().chunkBytes) } ?? .max
    var chosen: [BodyChunk.Entry] = []
    for entry in entries {
      let presence = try select.first([.hash(entry.hash)]) { $0.isNull(0) ? nil : $0.integer(0) }
      guard case let presence?? = presence else { continue }
      let size = 1 + frame.stored.count * entry.range.count / max(1, length)
      if presence == BodyTable.Presence.wanted.rawValue, Int64(size) <= room {
        chosen.append(entry)
        room -= Int64(size)
      } else if entry.offset == 0 {
        try KeepingTable(db).noteLeftOut(
          entry.hash, bytes: size * entry.bodyLength / max(1, entry.range.count))
      }
    }
    return chosen
  }
}
