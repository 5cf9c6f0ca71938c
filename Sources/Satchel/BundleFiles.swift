import Files
import Transports

/// The bundle files that paths name, and those that lie in the folders among them.
struct BundleFiles {
  private(set) var named: [FilePath] = []
  private(set) var found: [FilePath] = []
  /// Folders in the folders that cannot be read.
  private(set) var unreadable: [SkippedBundle] = []

  /// Throws `bundle` for a path at which nothing lies, and for a folder that cannot be read.
  init(_ paths: [FilePath]) throws(LibraryError) {
    for path in paths {
      do {
        guard try FileStatus(of: path, followingLinks: true).kind == .folder else {
          named.append(path)
          continue
        }
        try walk(path)
      } catch {
        // A link that leads nowhere is told when it is opened.
        guard error.isMissing, path.exists else {
          throw .bundle(path: path.shown, .file(error))
        }
        named.append(path)
      }
    }
  }

  var isEmpty: Bool { named.isEmpty && found.isEmpty && unreadable.isEmpty }

  var all: [(path: FilePath, origin: InputFile.Origin)] {
    named.map { ($0, .named) } + found.map { ($0, .found) }
  }

  /// By name; unfinished files and hidden ones are passed over. What is called like a bundle and is
  /// no file is refused when it is opened.
  private mutating func walk(_ folder: FilePath) throws(FileError) {
    for name in try Folder.names(in: folder) {
      let path = folder.appending(name)
      if (try? FileStatus(of: path, followingLinks: false))?.kind == .folder {
        do {
          try walk(path)
        } catch {
          unreadable.append(SkippedBundle(path: path, error: .file(error)))
        }
      } else if name.bytes.suffix(8).elementsEqual(".satchel".utf8), name.bytes[0] != 0x2E {
        found.append(path)
      }
    }
  }
}
