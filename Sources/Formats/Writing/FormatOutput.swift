import Files

/// What a format writes, and what starts it.
public struct FormatOutput: Sendable {
  /// What comes of an export, as a phrase: `a folder of pages`.
  public let contents: String
  /// Whether that is a folder, which an export brings up to date in whatever order articles come, and
  /// no file.
  public let isFolder: Bool
  let start: Starting

  package typealias Starting = @Sendable (ExportTarget) throws(FileError) -> any FormatWriter

  /// - Parameters:
  ///   - contents: what comes of an export.
  ///   - isFolder: whether that is a folder.
  ///   - start: starts the file or folder.
  package init(_ contents: String, isFolder: Bool = false, start: @escaping Starting) {
    self.contents = contents
    self.isFolder = isFolder
    self.start = start
  }
}

/// Where an export goes, and what it says of itself.
package struct ExportTarget: Sendable {
  package let path: FilePath
  /// Whether a file that lies there is replaced.
  package var replaces = false
  /// What the whole is called where a format has a title.
  package var title = "Satchel"
  /// The key of the library it comes from.
  package var library: [UInt8] = []
  /// When it is made, in milliseconds since 1970.
  package var now: Int64 = 0

  /// - Parameter path: a new file, or a folder that may be there already.
  package init(_ path: FilePath) {
    self.path = path
  }
}
