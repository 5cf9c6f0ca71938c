import Foundation

/// A folder of a test's own, which is removed with the value.
package final class TemporaryFolder: Sendable {
  package let url: URL

  /// - Parameter folder: where it is made.
  package init(in folder: URL = FileManager.default.temporaryDirectory) throws {
    url =
      folder
      .appendingPathComponent("satchel-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // What cannot be removed is left to the system's own cleaning.
    try? FileManager.default.removeItem(at: url)
  }
}
