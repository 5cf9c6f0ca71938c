import Files
import Formats
import Foundation

/// The sample of real mirrored pages, which is not part of this repository.
///
/// `SATCHEL_CORPUS` names the archive; without it, one beside the repository is looked for.
enum MirrorSample {
  static var archive: String? {
    let places = [ProcessInfo.processInfo.environment["SATCHEL_CORPUS"], beside]
    return places.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
  }

  private static var beside: String {
    let repository = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { path, _ in
      path.deletingLastPathComponent()
    }
    return repository.appendingPathComponent("../shared/corpus/mirror-sample.tar.xz")
      .standardizedFileURL.path
  }

  /// The pages and their bytes.
  static func pages() throws -> [(path: PagePath, bytes: [UInt8])] { try read.get() }

  /// Once for all tests; the archive is unpacked for the time it takes to read the pages.
  private static let read = Result { try unpacked() }

  private static func unpacked() throws -> [(path: PagePath, bytes: [UInt8])] {
    guard let archive else { return [] }
    return try withFolder { folder in
      try unpack(archive, into: folder.path)
      let pages = try PageFolder(at: FilePath(folder.path))
      return try pages.listing().pages.map { ($0, try pages.read($0)) }
    }
  }

  private static func unpack(_ archive: String, into folder: String) throws {
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "-xJf", archive, "-C", folder]
    try tar.run()
    tar.waitUntilExit()
    if tar.terminationStatus != 0 { throw CocoaError(.fileReadCorruptFile) }
  }
}
