import Documents
import Files

/// What a format is read from.
package struct FormatInput: Sendable {
  package let source: Source
  /// How text is read that says nothing of its encoding itself; nil for UTF-8.
  package var encoding: TextEncoding?
  /// The names of a table's columns whose meaning somebody says.
  package var columns: [ImportColumn: String] = [:]

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
}
