import Foundation
import Testing

/// Sends commands to a ChromeDriver (W3C WebDriver), one after the other.
struct WebDriver {
  let port: Int

  /// What a command answers: its `value`, as JSON has it.
  @discardableResult
  func send(
    _ method: String, _ path: String, _ body: [String: Any]? = nil
  ) throws -> Any {
    let content = try body.map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
    let head = """
      \(method) /\(path) HTTP/1.1\r
      Host: 127.0.0.1:\(port)\r
      Content-Type: application/json\r
      Content-Length: \(content.count)\r
      \r

      """
    let answer = try LoopbackConnection(port: port).answer(to: Data(head.utf8) + content)
    let object = try JSONSerialization.jsonObject(with: answer)
    let value = (object as? [String: Any])?["value"] ?? NSNull()
    if let problem = value as? [String: Any], let error = problem["error"] as? String {
      throw WebDriverError(error: error, message: "\(problem["message"] ?? "")")
    }
    return value
  }
}

/// What the driver says of a command that it could not do.
struct WebDriverError: Error, CustomStringConvertible {
  let error: String
  let message: String

  var description: String { "\(error): \(message.prefix { $0 != "\n" })" }
}

/// A connection to a server of this machine. Stories wait for it: they run on threads of their own.
final class LoopbackConnection {
  private let handle: FileHandle

  init(port: Int) throws {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else { throw POSIXError(POSIXError.Code(rawValue: errno) ?? .ECONNREFUSED) }
  }

  /// The body of what is answered. The driver goes on listening: the head says how long it is.
  func answer(to request: Data) throws -> Data {
    try handle.write(contentsOf: request)
    var (answer, buffer) = (Data(), [UInt8](repeating: 0, count: 65_536))
    while true {
      if let end = answer.firstRange(of: Data("\r\n\r\n".utf8)) {
        let head = String(decoding: answer[..<end.lowerBound], as: UTF8.self).lowercased()
        let length = try #require(head.firstMatch(of: /content-length: *([0-9]+)/)?.1, "\(head)")
        let body = answer[end.upperBound...]
        if body.count >= Int(length) ?? 0 { return body }
      }
      let count = read(handle.fileDescriptor, &buffer, buffer.count)
      try #require(count > 0, "the driver has ended")
      answer += buffer.prefix(count)
    }
  }
}
