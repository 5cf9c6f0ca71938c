import Files
import Foundation
import Processes
import TestSupport
import Testing

@testable import Transports

/// `counting-proxy.py` before a server of its own test.
final class CountingProxy {
  let store: StoreServer
  /// As rclone has it, by way of the proxy.
  let place: String
  private let folder: TemporaryFolder
  private let server: LocalServer

  init(before kind: StoreServer.Kind) throws {
    store = try StoreServer.shared(kind)
    folder = try TemporaryFolder()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("counting-proxy.py").path
    server = try LocalServer(
      ["python3", script, "\(store.port)", folder.url.path], portBehind: "listening on port ")
    place = try store.place(port: server.port)
  }

  /// The place by way of the proxy, with an rclone that does not wait long.
  func storage(_ change: (inout Rclone) -> Void = { _ in }) -> RcloneStorage {
    var rclone = Rclone()
    rclone.waits = [.milliseconds(1), .milliseconds(1), .milliseconds(1)]
    change(&rclone)
    return RcloneStorage(place, rclone)
  }

  /// What the proxy noted since the last call.
  func requests() throws -> [String: Int] {
    let path = folder.url.appendingPathComponent("requests")
    guard FileManager.default.fileExists(atPath: path.path) else { return [:] }
    let text = try String(contentsOf: path, encoding: .utf8)
    try Data().write(to: path)
    return Dictionary(text.split(separator: "\n").map { (String($0), 1) }, uniquingKeysWith: +)
  }

  /// Waits until the proxy has noted `text`.
  func waits(for text: String) async throws -> Bool {
    let path = folder.url.appendingPathComponent("requests")
    for _ in 0..<1_000 {
      if let noted = try? String(contentsOf: path, encoding: .utf8),
        noted.split(separator: "\n").contains(Substring(text))
      {
        return true
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }

  /// Has requests of a kind spoilt from now on: `PUT 2 503` for the next two of them.
  func spoil(_ faults: String...) throws {
    let lines = faults.map { "\($0)\n" }.joined()
    try Data(lines.utf8).write(
      to: folder.url.appendingPathComponent("faults"), options: .atomic)
  }

  /// Whether the proxy and what stands behind it are installed.
  static func isInstalled(before kind: StoreServer.Kind) -> Bool {
    kind.isInstalled && InstalledProgram.isHere("python3")
  }

  /// Whether the rclone here is the one whose requests were counted.
  static let isCountedVersion =
    (try? StoreServer.output(of: "rclone", ["version"]).hasPrefix("rclone v1.60.1")) == true
}

extension CountingProxy {
  /// Where the server keeps the folder `library` of the place; nil where it keeps none as files.
  func folderOfLibrary() -> FilePath? {
    guard store.kind != .s3, let name = place.split(separator: ":").last else { return nil }
    return FilePath(store.files.path).appending(String(name)).appending("library")
  }
}
