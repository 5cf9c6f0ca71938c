import Files

/// A file of this machine's own file systems.
package struct LocalFile: ReadableFile {
  private let path: FilePath
  private let origin: InputFile.Origin

  package init(_ path: FilePath, _ origin: InputFile.Origin = .named) {
    self.path = path
    self.origin = origin
  }

  package func open() throws(FileError) -> any FileReader { try InputFile(path, origin) }
}

extension InputFile: FileReader {}

/// A file that is being written to this machine's own file systems.
final class NewLocalFile: NewFile {
  private let output: OutputFile
  private let place: Place

  private enum Place {
    /// What names are relative to.
    case root(FilePath)
    /// Its own path, whatever the name.
    case path(FilePath)
  }

  init(in folder: FilePath, for writer: String, root: FilePath) throws(FileError) {
    place = .root(root)
    output = try OutputFile(folder.appending("unfinished"), .umask, by: writer)
  }

  init(at path: FilePath, for writer: String) throws(FileError) {
    place = .path(path)
    output = try OutputFile(path, .umask, by: writer)
  }

  var length: Int { output.length }

  func write(_ bytes: [UInt8]) throws(FileError) { try output.write(bytes) }

  func commit(as name: FilePath) throws(FileError) {
    switch place {
    case .root(let root): try output.commit(as: root.pushing(name))
    case .path(let path): try output.commit(as: path)
    }
  }
}
