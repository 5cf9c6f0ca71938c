import Files
import Foundation

/// A file of a distant store that was fetched, or did not come.
struct FetchedFile: ReadableFile {
  /// Within the store.
  let name: FilePath
  /// As people are shown it.
  let path: FilePath
  /// Where it lies here, if it came.
  let copy: FilePath
  /// Keeps the copy.
  let folder: PrivateFolder
  /// Why it did not come; nil where the store said nothing of it.
  private(set) var failure: RcloneFailure?

  init(name: FilePath, path: FilePath, copy: FilePath, folder: PrivateFolder) {
    self.name = name
    self.path = path
    self.copy = copy
    self.folder = folder
  }

  /// The same file, which did not come for this reason if it is not here.
  func failing(as failure: RcloneFailure) -> FetchedFile {
    var file = self
    file.failure = failure
    return file
  }

  func open() throws(FileError) -> any FileReader {
    do {
      return FetchedFileReader(try InputFile(copy, .found), folder)
    } catch {
      guard error.isMissing, let failure else { throw FileError(path, error.problem) }
      throw failure.fileError(path)
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

extension PrivateFolder {
  /// Where copies lie.
  var copies: FilePath { path.appending("files") }

  /// Writes the list of what is to be fetched; a name that no store could have listed is not asked
  /// for.
  func list(_ files: [FetchedFile]) throws(FileError) -> FilePath {
    let names = files.map(\.name.string).filter(RcloneListing.isWellFormed)
    let place = path.appending("names")
    do {
      try Data(names.map { "\($0)\n" }.joined().utf8)
        .write(to: URL(fileURLWithPath: place.string))
    } catch {
      throw FileError(place, .system(error.systemCode)).asTemporary
    }
    return place
  }
}

extension Error {
  /// The system's `errno` beneath what Foundation says.
  fileprivate var systemCode: Int32 {
    let error = self as NSError
    if error.domain == NSPOSIXErrorDomain { return Int32(error.code) }
    let beneath = error.userInfo[NSUnderlyingErrorKey] as? NSError
    return beneath?.domain == NSPOSIXErrorDomain ? Int32(beneath?.code ?? Int(EIO)) : EIO
  }
}
