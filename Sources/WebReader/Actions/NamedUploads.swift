import Files
import Satchel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Uploaded files under the names that they had, by whose endings formats are known: links in a
/// private folder that goes with this.
final class NamedUploads: Sendable {
  let paths: [FilePath]
  private let folder: FilePath
  private let uploads: [WebRequest.Upload]

  /// What the folders' names begin with, by which those that a killed process left are found.
  static let beginning = "named-"

  /// - Parameter uploads: at least one. Throws `fileNotWritten`.
  init(_ uploads: [WebRequest.Upload]) throws(LibraryError) {
    self.uploads = uploads
    let place = uploads.first?.file.removingLastComponent() ?? FilePath(".")
    folder = place.appending(NamedUploads.beginning + RandomName.text(bits: 80))
    do throws(FileError) {
      try Folder.make(folder, .owner)
      var paths: [FilePath] = []
      for (number, upload) in uploads.enumerated() {
        // Two may have one name.
        let own = folder.appending("\(number + 1)")
        try Folder.make(own, .owner)
        let path = own.appending(NamedUploads.name(upload.name))
        let result = upload.file.withPlatformString { from in
          path.withPlatformString { link(from, $0) }
        }
        guard result == 0 else { throw FileError(path, .system(errno)) }
        paths.append(path)
      }
      self.paths = paths
    } catch {
      throw .fileNotWritten(error)
    }
  }

  deinit { NamedUploads.remove(folder, with: paths) }

  /// Takes links and their folders away.
  static func remove(_ folder: FilePath, with paths: [FilePath]) {
    for path in paths {
      _ = path.withPlatformString { unlink($0) }
      _ = path.removingLastComponent().withPlatformString { rmdir($0) }
    }
    _ = folder.withPlatformString { rmdir($0) }
  }

  /// A name that is one part of a path, whatever a browser sent.
  static func name(_ text: String) -> String {
    let last = text.split { "/\\".contains($0) }.last.map(String.init) ?? ""
    let kept = last.unicodeScalars.filter { $0.properties.generalCategory != .control }
    var name = String(String.UnicodeScalarView(kept)).drop { $0 == "." }
    // The ending says most.
    while name.utf8.count > 200 { name = name.dropFirst() }
    return name.isEmpty ? "upload" : String(name)
  }

  /// What is said of a path, with the name that its reader knows.
  func shown(_ text: String) -> String {
    var text = text
    for path in paths {
      guard let name = path.lastComponent?.string else { continue }
      text = text.replacing(path.string, with: name)
    }
    return text
  }
}
