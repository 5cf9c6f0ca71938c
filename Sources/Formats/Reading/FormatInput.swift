import Files

/// What a format is read from.
package enum FormatInput: Sendable {
  /// A file or folder that a person named.
  case path(FilePath)
  /// What is piped into this process.
  case standardInput
}
