import Files

/// A file of this machine's own file systems.
package struct LocalFile: ReadableFile {
  private let path: FilePath
  private let origin: InputFile.Origin
  /// What the path is relative to.
  private let held: HeldFolder?

  package init(
    _ path: FilePath, _ origin: InputFile.Origin = .named, below held: HeldFolder? = nil
  ) {
    self.path = path
    self.origin = origin
    self.held = held
  }

  package func open() throws(FileError) -> any FileReader {
    try InputFile(path, origin, below: held)
  }
}

extension InputFile: FileReader {}

/// A file that is being written to this machine's own file systems.
final class NewLocalFile: NewFile {
  private let output: OutputFile
  /// Its own path, whatever the name; nil where it is given one.
  private let path: FilePath?

  init(in folder: FilePath, for writer: String, below held: HeldFolder) throws(FileError) {
    path = nil
    output = try OutputFile(folder.appending("unfinished"), .umask, by: writer, below: held)
  }

  init(at path: FilePath, for writer: String) throws(FileError) {
    self.path = path
    output = try OutputFile(path, .umask, by: writer)
  }

  var length: Int { output.length }

  func write(_ bytes: [UInt8]) throws(FileError) { try output.write(bytes) }

  func commit(as name: FilePath) throws(FileError) {
    try output.commit(as: path ?? name)
  }
}
