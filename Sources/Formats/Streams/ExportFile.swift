import Archives
import Files

/// One of the files of an export, in an archive or in a folder.
struct ExportFile {
  /// With the folders around it, parted by `/`.
  let name: String
  /// In bytes.
  let length: Int
  /// Starts reading it.
  let open: () throws(SkipReason) -> any ByteSource

  /// The name without folders.
  var lastName: String { name.split(separator: "/").last.map(String.init) ?? name }

  /// All of it. Throws `tooLarge` beyond `limit`.
  func contents(limit: Int) throws(SkipReason) -> [UInt8] {
    guard length <= limit else { throw .tooLarge(limit: limit) }
    var source = try open()
    var bytes: [UInt8] = []
    while true {
      let more = try source.read()
      if more.isEmpty { return bytes }
      guard bytes.count + more.count <= limit else { throw .tooLarge(limit: limit) }
      bytes += more
    }
  }
}

/// The files of an export.
struct ExportFiles {
  let files: [ExportFile]
  /// What is not read, and why.
  let leftOut: [FormatItem]

  /// - Parameter input: an archive or a folder.
  init(_ input: FormatInput) throws(SkipReason) {
    guard case .path(let path) = input.source else {
      throw .archive(reason: "an archive is read from a file and not from a pipe")
    }
    if path.isFolder {
      try self.init(folder: path)
    } else {
      try self.init(archive: path, named: input.name)
    }
  }

  private init(archive path: FilePath, named shown: String) throws(SkipReason) {
    let file = try SkipReason.wrapping { () throws(FileError) in try InputFile(path, .named) }
    do throws(ArchiveError) {
      let archive = try ZipArchive(file)
      files = archive.files.map { file in
        ExportFile(name: file.name, length: file.length) { () throws(SkipReason) in
          do throws(ArchiveError) {
            return ArchiveSource(try archive.open(file))
          } catch {
            throw .archive(reason: "\(error)")
          }
        }
      }
      leftOut = archive.refused.map {
        FormatItem(at: "\(shown), \($0)", .archive(reason: "its name leads out of the archive"))
      }
    } catch {
      throw .archive(reason: "\(error)")
    }
  }

  /// The files of a folder and of those in it, no deeper.
  private init(folder: FilePath) throws(SkipReason) {
    var files: [ExportFile] = []
    func list(_ below: FilePath, _ prefix: String, _ depth: Int) throws(SkipReason) {
      let names = try SkipReason.wrapping { () throws(FileError) in try Folder.names(in: below) }
      for name in names {
        let place = below.appending(name)
        let status = try? FileStatus(of: place, followingLinks: false)
        switch status?.kind {
        case .folder where depth > 0: try list(place, prefix + name.shown + "/", depth - 1)
        case .file:
          let length = Int(status?.length ?? 0)
          files.append(
            ExportFile(name: prefix + name.shown, length: length) { () throws(SkipReason) in
              try SkipReason.wrapping { () throws(FileError) in try InputFile(place, .found) }
            })
        default: break
        }
      }
    }
    try list(folder, "", 1)
    self.files = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    leftOut = []
  }
}

/// A file of an archive, as a stream.
private struct ArchiveSource: ByteSource {
  private let file: ArchivedFileReader

  init(_ file: ArchivedFileReader) { self.file = file }

  var length: Int { file.length }

  func read() throws(SkipReason) -> [UInt8] {
    do throws(ArchiveError) {
      return try file.read()
    } catch {
      throw .archive(reason: "\(error)")
    }
  }
}
