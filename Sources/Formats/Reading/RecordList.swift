/// A reader of records that are in memory already.
package struct RecordList: FormatReader {
  package let total: ReadingTotal
  private var rest: ArraySlice<FormatRecord>

  package init(_ records: [FormatRecord]) {
    rest = records[...]
    total = ReadingTotal(.pages, records.reduce(0) { $0 + $1.share })
  }

  package mutating func next() -> FormatRecord? { rest.popFirst() }
}
