import Documents

/// Cuts a file of JSON into records, one in memory at a time: the elements of the list that it holds,
/// or the values that stand in it one behind the other.
///
/// Only brackets and texts are told apart here; whoever reads a record finds out what else is wrong.
struct JSONRecords {
  private var window: ByteWindow
  private let limit: Int
  private var isList: Bool?

  /// A record is no longer.
  static let recordBytes = 24 << 20

  /// - Parameter limit: for the bytes of a record.
  init(_ source: any ByteSource, limit: Int = recordBytes) {
    window = ByteWindow(source)
    self.limit = limit
  }

  /// A record's bytes, and how many bytes of the file it takes with what stands before it.
  struct Record {
    let bytes: Result<[UInt8], SkipReason>
    let length: Int
  }

  /// The next record; nil after the last.
  mutating func next() throws(SkipReason) -> Record? {
    let begun = window.offset
    try window.skipJSONSpace()
    if isList == nil {
      isList = try window.byte(at: 0) == UInt8(ascii: "[")
      if isList == true { window.drop(1) }
      try window.skipJSONSpace()
    }
    guard let first = try window.byte(at: 0), !(isList == true && first == UInt8(ascii: "]")) else {
      return nil
    }
    let bytes = try window.takeJSONValue(limit: limit)
    return Record(bytes: bytes, length: window.offset - begun)
  }
}
