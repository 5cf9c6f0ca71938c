import Files

/// A file of a distant store that was fetched, or did not come.
struct FetchedFile: ReadableFile {
  /// As people are shown it.
  let path: FilePath
  /// Where it lies here, if it came.
  let copy: FilePath
  /// Keeps the copy.
  let folder: PrivateFolder

  func open() throws(FileError) -> any FileReader {
    do {
      return FetchedFileReader(try InputFile(copy, .found), folder)
    } catch {
      throw FileError(path, error.problem)
    }
  }
}

private final class FetchedFileReader: FileReader {
  private let file: InputFile
  private let folder: PrivateFolder

  init(_ file: InputFile, _ folder: PrivateFolder) {
    self.file = file
    self.folder = folder
  }

  var length: Int { file.length }

  func read(upTo count: Int) throws(FileError) -> [UInt8] { try file.read(upTo: count) }
}
