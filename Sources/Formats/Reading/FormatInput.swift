import Documents
import Files

/// What a format is read from.
package struct FormatInput: Sendable {
  package let source: Source
  /// How text is read that says nothing of its encoding itself; nil for UTF-8.
  package var encoding: TextEncoding?
  /// The names of a table's columns whose meaning somebody says.
  package var columns: [ImportColumn: String] = [:]
  /// What was read of a pipe already, to see what it holds.
  private(set) var head: [UInt8] = []

  /// Whether each chapter of a book is an article of its own.
  package var isByChapter = false

  package enum Source: Sendable {
    /// A file or folder that a person named.
    case path(FilePath)
    /// What is piped into this process.
    case standardInput
  }

  package init(_ source: Source, encoding: TextEncoding? = nil) {
    self.source = source
    self.encoding = encoding
  }

  /// A file or folder that a person named.
  package static func path(_ path: FilePath) -> FormatInput { FormatInput(.path(path)) }

  /// What is piped into this process.
  package static var standardInput: FormatInput { FormatInput(.standardInput) }

  /// Reads the first bytes of a pipe, which say what it holds; does nothing where a path was named.
  package mutating func look() throws(SkipReason) {
    guard case .standardInput = source else { return }
    head = try SkipReason.wrapping { () throws(FileError) in
      let file = try InputFile.standardInput()
      var head: [UInt8] = []
      while head.count < FormatSample.length {
        let more = try file.read(upTo: FormatSample.length - head.count)
        if more.isEmpty { break }
        head += more
      }
      return head
    }
  }
}
