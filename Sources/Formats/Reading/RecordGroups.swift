/// The records of several readers, one reader after the other, in groups worth a task of their own.
package struct RecordGroups {
  /// What all shares add up to; nil if the readers count in different units.
  package let total: ReadingTotal?
  private var readers: [any FormatReader]
  private var index = 0

  package init(_ readers: [any FormatReader]) {
    self.readers = readers
    let totals = readers.map(\.total)
    let unit = totals.first?.unit ?? .pages
    total =
      totals.contains { $0.unit != unit }
      ? nil : ReadingTotal(unit, totals.reduce(0) { $0 + $1.count })
  }

  /// The next records, few and of few bytes; nil after the last.
  package mutating func next() -> Group? {
    var group = Group()
    while group.records.count < RecordGroups.records, group.bytes < RecordGroups.bytes,
      let record = nextRecord()
    {
      group.records.append(record)
      group.share += record.share
      group.bytes += record.weight
    }
    return group.records.isEmpty ? nil : group
  }

  /// Records that go through an import together.
  package struct Group: Sendable {
    package fileprivate(set) var records: [FormatRecord] = []
    package fileprivate(set) var share = 0
    fileprivate var bytes = 0

    /// What it takes of the memory that groups under way may take together: 1 if it holds little.
    package var cost: Int { max(1, bytes / RecordGroups.bytes) }
  }

  private static let records = 8
  private static let bytes = 128 << 10
}

extension RecordGroups {
  private mutating func nextRecord() -> FormatRecord? {
    while index < readers.count {
      if var record = readers[index].next() {
        record.isInFile = readers[index].total.unit == .bytes
        return record
      }
      if index == readers.count - 1 { return nil }
      index += 1
    }
    return nil
  }
}
