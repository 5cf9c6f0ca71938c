import Coding
import GRDB
import Replication

/// Finds the operations a log lists, and reads some of them.
struct LogQuery {
  private let transaction: StoreTransaction
  private let log: FrameLog
  private let replaced: ReplacedTable

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
    log = FrameLog(transaction)
    replaced = ReplacedTable(transaction)
  }

  /// One frame at a time is held, and of each operation where it lies.
  func places(
    of entity: EntityID?, by replica: ReplicaID?, since: Stamp, limit: Int?
  ) throws -> LogPlaces {
    let replicas = transaction.interner.replicas
    let texts = try replaced.rows(of: entity, by: replica, since: since)
    let replacedDots = Set(texts.map(\.dot))
    var listed: Set<Dot> = []
    var gathering = LogPlaceGathering(limit: limit)
    if entity == nil, since == .zero { gathering.reserve(try log.operationCount()) }
    var frames: [Int64] = []
    for (number, writer) in replicas.enumerated() where replica == nil || writer == replica {
      for frame in try log.entries(of: transaction.interner.number(of: writer)) {
        let block = try log.block(frame.id)
        for index in 0..<block.count {
          guard let stamp = Stamp(rawValue: block.rows[index].stamp), stamp >= since,
            entity == nil || block.entities[Int(block.rows[index].entity)] == entity
          else { continue }
          let place = LogPlace(
            stamp: stamp, sequence: block.sequence(at: index), frame: UInt32(frames.count),
            position: UInt32(index), length: UInt32(clamping: block.memory(at: index)),
            replica: UInt16(number))
          gathering.add(place)
          let dot = block.dot(at: index)
          if !replacedDots.isEmpty, replacedDots.contains(dot) { listed.insert(dot) }
        }
        frames.append(frame.id)
      }
    }
    let numbers = Dictionary(uniqueKeysWithValues: zip(replicas, UInt16(0)...))
    for (index, text) in texts.enumerated() where !listed.contains(text.dot) {
      gathering.add(
        LogPlace(
          stamp: text.stamp, sequence: text.dot.sequence, frame: LogPlace.inReplaced,
          position: UInt32(index), length: UInt32(clamping: text.length),
          replica: numbers[text.dot.replica] ?? 0))
    }
    gathering.trim()
    return LogPlaces(
      count: gathering.count, places: gathering.places, replicas: replicas, frames: frames,
      replaced: texts.map(\.id))
  }

  /// The operations at some of the places, in their order, without those that a compact has removed
  /// meanwhile.
  func entries(at numbers: Range<Int>, of places: LogPlaces) throws -> [LogEntry] {
    var reader = LogReader(transaction, places)
    var found: [(number: Int, operation: Operation, isReplaced: Bool)] = []
    // Frame by frame, so that each is decoded once.
    let order = numbers.sorted {
      let (left, right) = (places.places[$0], places.places[$1])
      return (left.frame, left.position) < (right.frame, right.position)
    }
    for number in order {
      let place = places.places[number]
      guard let operation = try reader.operation(at: place) else { continue }
      found.append((number, operation, place.frame == LogPlace.inReplaced))
    }
    found.sort { $0.number < $1.number }
    var standings = [LogEntry.Standing](repeating: .superseded, count: found.count)
    let logged = found.indices.filter { !found[$0].isReplaced }
    for (register, indexes) in Dictionary(
      grouping: logged, by: { found[$0].operation.register })
    {
      let operations = indexes.map { found[$0].operation }
      for (index, standing) in zip(indexes, try self.standings(of: operations, in: register)) {
        standings[index] = standing
      }
    }
    return zip(found, standings).map { LogEntry(operation: $0.operation, standing: $1) }
  }

  /// What operations are to their register, whose siblings are walked once for all of them.
  private func standings(
    of operations: [Operation], in register: RegisterID
  ) throws -> [LogEntry.Standing] {
    let table = try RegisterTable(transaction)
    let winner = try table.winner(register)
    var standings = operations.map { operation -> LogEntry.Standing in
      winner?.dot == operation.dot && winner?.value == operation.value ? .winner : .superseded
    }
    let open = operations.indices.filter {
      standings[$0] == .superseded && operations[$0].context != nil
    }
    guard !open.isEmpty, let key = try table.key(of: register) else { return standings }
    let byDot = Dictionary(grouping: open) { operations[$0].dot }
    _ = try table.surveyHidden(key) { row in
      let replica = try transaction.interner.replica(row.replica)
      let dot = Dot(replica: replica, sequence: UInt64(row.sequence))
      for index in byDot[dot] ?? [] { standings[index] = .conflict }
    }
    return standings
  }
}

extension OperationBlock {
  /// About how many bytes an operation takes beyond the little that each does.
  fileprivate func memory(at index: Int) -> Int {
    let entries = contexts[index]?.entries.count ?? 0
    return valueRange(at: index).count + MemoryLayout<Context.Entry>.stride * entries
  }
}

/// Reads operations where they lay; holds the frame it read last.
private struct LogReader {
  private let log: FrameLog
  private let replaced: ReplacedTable
  private let places: LogPlaces
  private var current: (frame: Int64, block: OperationBlock)?
  /// Frames whose operations lie elsewhere by now: frames are joined and written anew.
  private var changed: Set<UInt32> = []

  init(_ transaction: StoreTransaction, _ places: LogPlaces) {
    log = FrameLog(transaction)
    replaced = ReplacedTable(transaction)
    self.places = places
  }

  /// Nil where it was removed.
  mutating func operation(at place: LogPlace) throws -> Operation? {
    let dot = places.dot(of: place)
    if place.frame == LogPlace.inReplaced {
      let operation = try replaced.operation(places.replaced[Int(place.position)])
      return operation?.dot == dot && operation?.stamp == place.stamp ? operation : nil
    }
    if !changed.contains(place.frame) {
      let position = Int(place.position)
      if let block = try block(places.frames[Int(place.frame)]),
        position < block.count, block.holds(dot, place.stamp, at: position)
      {
        return try block.operation(at: position)
      }
      changed.insert(place.frame)
    }
    for frame in try log.frames(over: dot) {
      guard let block = try block(frame), let position = block.index(of: dot.sequence),
        block.holds(dot, place.stamp, at: position)
      else { continue }
      return try block.operation(at: position)
    }
    return nil
  }

  private mutating func block(_ frame: Int64) throws -> OperationBlock? {
    if let current, current.frame == frame { return current.block }
    // Let go before the next is decoded.
    current = nil
    guard let block = try log.existingBlock(frame) else { return nil }
    current = (frame, block)
    return block
  }
}

extension OperationBlock {
  fileprivate func holds(_ dot: Dot, _ stamp: Stamp, at index: Int) -> Bool {
    self.dot(at: index) == dot && rows[index].stamp == stamp.rawValue
  }

  /// Where the operation of a sequence lies; nil where it is not here.
  fileprivate func index(of sequence: UInt64) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self.sequence(at: middle) < sequence { low = middle + 1 } else { high = middle }
    }
    return low < count && self.sequence(at: low) == sequence ? low : nil
  }
}
