import Foundation

/// Public test data that is not part of this repository; tests that use it are skipped without it.
///
/// `SATCHEL_DATA` names their folder; without it, one beside the repository is looked
/// for.
struct SharedData: Sendable {
  /// The file's name, such as `readability-pages.tar.xz`.
  let name: String

  static let commonMark = SharedData(name: "commonmark-0.31.2.json")
  static let tokenizerTests = SharedData(name: "html5lib-tokenizer.tar.xz")
  static let readablePages = SharedData(name: "readability-pages.tar.xz")

  var isAtHand: Bool { path != nil }

  var path: String? {
    let folders = [ProcessInfo.processInfo.environment["SATCHEL_DATA"], SharedData.beside]
    return folders.compactMap { $0.map { "\($0)/\(name)" } }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  private static var beside: String {
    let repository = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { path, _ in
      path.deletingLastPathComponent()
    }
    return repository.appendingPathComponent("../shared/data").standardizedFileURL.path
  }

  /// Calls back with a folder that holds what the archive does, for the time that takes.
  func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result? {
    guard let archive = path else { return nil }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("satchel-data-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "-xJf", archive, "-C", folder.path]
    try tar.run()
    tar.waitUntilExit()
    if tar.terminationStatus != 0 { throw CocoaError(.fileReadCorruptFile) }
    return try body(folder)
  }
}

extension URL {
  /// The folder's entries, sorted by name.
  func entries() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: self, includingPropertiesForKeys: nil)
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
