import Foundation
import Processes
import TestSupport

@testable import Transports

/// A real server that rclone reaches, kept by this machine and shared by tests, each of which has a
/// place of its own in it.
final class StoreServer: Sendable {
  let kind: Kind
  private let folder: TemporaryFolder
  private let server: LocalServer

  enum Kind: String, CaseIterable {
    case webdav, sftp, s3

    /// Whether what it takes is installed.
    var isInstalled: Bool {
      InstalledProgram.isHere("rclone")
        && (self != .s3 || InstalledProgram.isHere("moto_server"))
    }
  }

  /// Those that tests share.
  static func shared(_ kind: Kind) throws -> StoreServer {
    switch kind {
    case .webdav: try webdav.get()
    case .sftp: try sftp.get()
    case .s3: try s3.get()
    }
  }

  private static let webdav = Result { try StoreServer(.webdav) }
  private static let sftp = Result { try StoreServer(.sftp) }
  private static let s3 = Result { try StoreServer(.s3) }

  private init(_ kind: Kind) throws {
    self.kind = kind
    folder = try TemporaryFolder()
    let path = folder.url.path
    let cache = ["--cache-dir", "\(path)-cache"]
    switch kind {
    case .webdav:
      server = try LocalServer(
        ["rclone", "serve", "webdav", "--addr", "127.0.0.1:0", "--dir-cache-time", "0", path]
          + cache,
        portBehind: "on http://127.0.0.1:")
    case .sftp:
      server = try LocalServer(
        [
          "rclone", "serve", "sftp", "--user", "reader", "--pass", "secret", "--addr",
          "127.0.0.1:0", path,
        ] + cache,
        portBehind: "on 127.0.0.1:")
    case .s3:
      server = try LocalServer(
        ["moto_server", "-H", "127.0.0.1", "-p", "0"], portBehind: "on http://127.0.0.1:")
    }
  }

  var port: Int { server.port }

  /// Where a local server keeps its files.
  var files: URL { folder.url }

  /// A place of a test's own, as rclone has it.
  ///
  /// - Parameter port: of what stands before the server.
  func place(port: Int? = nil) throws -> String {
    let port = port ?? self.port
    let name = "test-\(UUID().uuidString.lowercased())"
    switch kind {
    case .webdav: return ":webdav,vendor=other,url=\"http://127.0.0.1:\(port)\":\(name)"
    case .sftp:
      let password = try StoreServer.output(of: "rclone", ["obscure", "secret"])
      return ":sftp,host=127.0.0.1,port=\(port),user=reader,pass=\(password):\(name)"
    case .s3:
      try makeBucket(name)
      return """
        :s3,provider=Other,region=us-east-1,access_key_id=reader,secret_access_key=secret,\
        endpoint="http://127.0.0.1:\(port)":\(name)/share
        """
    }
  }

  /// rclone is told not to make one.
  private func makeBucket(_ name: String) throws {
    let script = """
      import http.client
      connection = http.client.HTTPConnection("127.0.0.1", \(port), timeout=20)
      authorization = "AWS4-HMAC-SHA256 Credential=reader/20260101/us-east-1/s3/aws4_request"
      connection.request("PUT", "/\(name)", headers={"Authorization": authorization})
      raise SystemExit(connection.getresponse().status != 200)
      """
    _ = try StoreServer.output(of: "python3", ["-c", script])
  }

  /// The first line that a program prints. Throws where it fails.
  static func output(of program: String, _ arguments: [String]) throws -> String {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: InstalledProgram.path(of: program) ?? program)
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return String(String(decoding: printed, as: UTF8.self).prefix { !$0.isNewline })
  }
}
