import Files

/// A file that an export writes from front to back, and that appears whole or not at all.
struct WrittenFile {
  private let file: OutputFile
  private let placing: OutputFile.Placing
  private var waiting: [UInt8] = []

  init(_ target: ExportTarget) throws(FileError) {
    guard target.replaces || !target.path.exists else { throw FileError(target.path, .taken) }
    placing = target.replaces ? .replacing : .new
    file = try OutputFile(target.path, .umask, clearing: true)
  }

  /// Bytes written so far.
  var length: Int { file.length + waiting.count }

  var tally: ExportTally {
    var tally = ExportTally()
    (tally.files, tally.bytes) = (1, length)
    return tally
  }

  mutating func write(_ text: String) throws(FileError) { try write(Array(text.utf8)) }

  mutating func write(_ bytes: [UInt8]) throws(FileError) {
    waiting += bytes
    if waiting.count >= WrittenFile.part { try flush() }
  }

  mutating func finish() throws(FileError) {
    try flush()
    try file.commit(placing)
  }

  private static let part = 1 << 16

  private mutating func flush() throws(FileError) {
    try file.write(waiting)
    waiting.removeAll(keepingCapacity: waiting.count < 2 * WrittenFile.part)
  }
}
