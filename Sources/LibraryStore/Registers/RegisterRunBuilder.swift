import Replication

/// Makes runs out of groups, split where they would be long, and keeps them until they are written.
struct RegisterRunBuilder {
  /// The runs made: none of a run's registers is before its key.
  private(set) var rows: [(lowest: RegisterKey, bytes: Range<Int>)] = []
  /// Their bytes end to end.
  private(set) var bytes: [UInt8] = []
  /// Where the run under way may be split, ascending: before what, and whether it has to be.
  private var borders: [(key: RegisterKey, place: Int, isForced: Bool)] = []
  private var start = 0
  private var lowest = RegisterKey.zero

  /// Begins the run that takes the place of the one with that key.
  mutating func begin(_ lowest: RegisterKey) {
    self.lowest = lowest
    start = bytes.count
    borders.removeAll(keepingCapacity: true)
  }

  /// Adds a group as it is.
  @inline(__always)
  mutating func append(_ group: RegisterGroup, of run: UnsafeRawBufferPointer) {
    border(RegisterKey(entity: group.entity, field: 0))
    bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: run[group.span]))
  }

  /// Adds an entity's registers.
  ///
  /// More of them than a run may hold become several groups, each in a run of its own.
  @inline(__always)
  mutating func append(_ registers: UnsafeRawBufferPointer, of entity: Int64) throws {
    border(RegisterKey(entity: entity, field: 0))
    // With what stands before a group: an entity's number, and a length of two bytes.
    guard registers.count + 12 > RegisterRun.maximumCount else {
      return append(group: registers, of: entity)
    }
    var first = 0
    var next = 0
    while next < registers.count {
      let register = try PackedRegister(in: registers, at: next)
      next = register.span.upperBound
      guard first < register.span.lowerBound, next - first > RegisterRun.maximumCount / 2
      else { continue }
      let piece = first..<register.span.lowerBound
      append(group: UnsafeRawBufferPointer(rebasing: registers[piece]), of: entity)
      border(RegisterKey(entity: entity, field: register.field), isForced: true)
      first = register.span.lowerBound
    }
    append(group: UnsafeRawBufferPointer(rebasing: registers[first...]), of: entity)
  }

  private mutating func append(group registers: UnsafeRawBufferPointer, of entity: Int64) {
    Varint.append(UInt64(entity), to: &bytes)
    Varint.append(UInt64(registers.count), to: &bytes)
    bytes.append(contentsOf: registers)
  }

  @inline(__always)
  private mutating func border(_ key: RegisterKey, isForced: Bool = false) {
    guard bytes.count > start else { return }
    borders.append((key, bytes.count, isForced))
  }

  /// Ends the run: one row, or several of about equal length.
  mutating func end() {
    let (maximum, count) = (RegisterRun.maximumCount, bytes.count - start)
    // Two thirds full, so that the next few registers do not split them again.
    let length = count > maximum ? count / (1 + 3 * count / (2 * maximum)) : maximum
    for (index, border) in borders.enumerated() {
      let next = index + 1 < borders.count ? borders[index + 1].place : bytes.count
      guard border.isForced || border.place - start >= length || next - start > maximum
      else { continue }
      rows.append((lowest, start..<border.place))
      (lowest, start) = (border.key, border.place)
    }
    rows.append((lowest, start..<bytes.count))
  }

  /// Forgets the run under way.
  mutating func discard() { bytes.removeLast(bytes.count - start) }

  mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }
}
