import Foundation

/// `noise-peer.py`, with Python's `noiseprotocol` as the other end.
final class NoisePeer {
  /// The first Python on the path that knows the package.
  static let python: URL? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { URL(filePath: String($0)).appending(path: "python3") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) && knowsNoise($0) }

  private let process = Process()
  private let (input, output) = (Pipe(), Pipe())

  init(_ role: String, presharedKey: [UInt8], prologue: [UInt8]) throws {
    process.executableURL = Self.python
    process.arguments = [Self.script, role, Self.hex(presharedKey), Self.hex(prologue)]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  func send(_ message: [UInt8]) throws {
    let length = withUnsafeBytes(of: UInt16(message.count).bigEndian) { Array($0) }
    try input.fileHandleForWriting.write(contentsOf: Data(length + message))
  }

  func receive() throws -> [UInt8] {
    let length = try read(2)
    return try read(Int(length[0]) << 8 | Int(length[1]))
  }

  /// Waits for the program; 0 where all went well.
  func end() throws -> Int32 {
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func read(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let piece = try output.fileHandleForReading.read(upToCount: count - bytes.count)
      guard let piece, !piece.isEmpty else { throw CocoaError(.fileReadCorruptFile) }
      bytes += piece
    }
    return bytes
  }

  private static let script = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "noise-peer.py").path

  private static func knowsNoise(_ python: URL) -> Bool {
    let process = Process()
    process.executableURL = python
    process.arguments = ["-c", "import noise.connection"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
