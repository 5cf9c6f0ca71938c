import Foundation
import Testing

/// A `satchel web` that runs.
struct WebPage {
  let process: Background
  let port: Int
  /// Lets one browser in, once.
  let link: String

  /// Follows the link and waits for the list; returns the list's address.
  @discardableResult
  func enter(_ browser: Browser) throws -> String {
    try browser.open(link)
    try browser.wait("the list") { try !browser.address.contains("/start/") }
    return try browser.address
  }
}

extension Laptop {
  /// Serves the page on a free port, unless the arguments name one.
  func web(_ arguments: String...) throws -> WebPage {
    let page = try start(["web", "--json"] + arguments)
    try page.wait("listening") { page.output.contains("\n") }
    let line = page.output.prefix { $0 != "\n" }
    let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    return WebPage(
      process: page, port: try #require(event?["port"] as? Int, "\(line)"),
      link: try #require(event?["link"] as? String, "\(line)"))
  }
}

extension World {
  /// A folder's files, served by another server of this machine.
  func site(_ folder: String) throws -> Site {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-u", "-m", "http.server", "--bind", "127.0.0.1",
      "--directory", try makeFolder(folder), "0",
    ]
    let server = try start(process)
    try server.wait("a site") { server.output.contains(" port ") }
    let words = server.output.split(separator: " ")
    let port = words.firstIndex(of: "port").flatMap { Int(words[$0 + 1]) }
    return Site(process: server, port: try #require(port))
  }
}

/// Another server of this machine.
struct Site {
  let process: Background
  let port: Int

  var address: String { "http://127.0.0.1:\(port)/" }
  /// The first line of every request that it had.
  var requests: String { process.messages }
}
