/// Reads a foreign file or folder record by record, and holds one record however many there are.
///
/// Opening it fails if nothing can be read. After that it never fails: a record that cannot be read
/// is an item that says so, and where the rest of a file is lost, such a record is the last one.
package protocol FormatReader {
  /// What was left out when the input was listed, before any record is read.
  var leftOut: [FormatItem] { get }
  /// What the shares of all records add up to.
  var total: ReadingTotal { get }
  /// The next record; nil after the last.
  mutating func next() -> FormatRecord?
}

extension FormatReader {
  package var leftOut: [FormatItem] { [] }

  /// All that it finds, one item after the other.
  package func items() -> FormatItems { FormatItems(self) }
}

/// How much there is to read.
package struct ReadingTotal: Sendable, Equatable {
  package let unit: Unit
  package let count: Int

  package enum Unit: Sendable {
    case pages
    /// Of the file as it is stored.
    case bytes
  }

  package init(_ unit: Unit, _ count: Int) {
    self.unit = unit
    self.count = count
  }
}

/// The items a reader finds, in order, each made when it is asked for.
package struct FormatItems: Sequence, IteratorProtocol {
  private var leftOut: ArraySlice<FormatItem>
  private var reader: any FormatReader

  init(_ reader: any FormatReader) {
    leftOut = reader.leftOut[...]
    self.reader = reader
  }

  package mutating func next() -> FormatItem? { leftOut.popFirst() ?? reader.next()?.item() }
}
