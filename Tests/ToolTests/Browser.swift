import Foundation
import Testing

/// A Chromium without a window and with a profile of its own, for which the net has no names.
final class Browser {
  /// Whether Chromium and its driver are installed.
  static let isPossible = path(of: "chromedriver") != nil && path(of: "chromium") != nil

  let session: String
  private let driver: WebDriver
  /// Kept, since its end is the driver's, which must have ended the browser before.
  private let world: World

  /// What differs between browsers.
  struct Options {
    var languages = "en"
    var runsScript = true
    /// How names are resolved, where any are.
    var names = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
  }

  init(in world: World, _ options: Options = Options()) throws {
    self.world = world
    let process = Process()
    process.executableURL = URL(filePath: try #require(Browser.path(of: "chromedriver")))
    process.arguments = ["--port=0"]
    let background = try world.start(process)
    try background.wait("a driver") { background.output.contains("successfully on port") }
    let line = background.output.split(separator: "\n").last { $0.contains("successfully") }
    driver = WebDriver(port: try #require(line.flatMap { Int($0.filter(\.isNumber)) }))
    let answer = try driver.send(
      "POST", "session", ["capabilities": ["alwaysMatch": try Browser.capabilities(world, options)]]
    )
    session = try #require((answer as? [String: Any])?["sessionId"] as? String)
  }

  deinit { _ = try? driver.send("DELETE", "session/\(session)") }

  @discardableResult
  func send(_ method: String, _ path: String, _ body: [String: Any]? = nil) throws -> Any {
    try driver.send(method, "session/\(session)/\(path)", method == "POST" ? body ?? [:] : nil)
  }

  private static func capabilities(
    _ world: World, _ options: Options
  ) throws -> [String: Any] {
    let profile = try world.makeFolder("profile-\(UUID().uuidString)")
    var preferences: [String: Any] = ["intl.accept_languages": options.languages]
    if !options.runsScript {
      preferences["profile.managed_default_content_settings.javascript"] = 2
    }
    return [
      "browserName": "chrome", "unhandledPromptBehavior": "ignore",
      "goog:chromeOptions": [
        "binary": path(of: "chromium") ?? "", "prefs": preferences,
        "args": [
          "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
          "--user-data-dir=\(profile)", "--window-size=1280,900",
          "--host-resolver-rules=\(options.names)",
        ],
      ],
    ]
  }

  private static func path(of program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

extension Browser {
  func open(_ address: String) throws { try send("POST", "url", ["url": address]) }

  var address: String { get throws { try text(of: send("GET", "url")) } }
  var title: String { get throws { try text(of: send("GET", "title")) } }

  /// What a function's body returns in the page.
  @discardableResult
  func run(_ script: String, _ arguments: Any...) throws -> Any {
    try send("POST", "execute/sync", ["script": script, "args": arguments])
  }

  /// A command of the debugging protocol.
  @discardableResult
  func debug(_ command: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    let answer = try send(
      "POST", "goog/cdp/execute", ["cmd": command, "params": parameters])
    return answer as? [String: Any] ?? [:]
  }

  /// The words in sight of the first element that a selector of CSS means.
  func words(_ selector: String = "body") throws -> String {
    try text(of: send("GET", "element/\(element(selector))/text"))
  }

  func attribute(_ name: String, of selector: String) throws -> String? {
    try send("GET", "element/\(element(selector))/attribute/\(name)") as? String
  }

  func count(_ selector: String) throws -> Int {
    let found = try send(
      "POST", "elements", ["using": "css selector", "value": selector])
    return (found as? [Any])?.count ?? 0
  }

  func click(_ selector: String) throws {
    try send("POST", "element/\(element(selector))/click")
  }

  /// Replaces what stands in a field.
  func type(_ text: String, into selector: String) throws {
    let field = try element(selector)
    try send("POST", "element/\(field)/clear")
    try send("POST", "element/\(field)/value", ["text": text])
  }

  /// Presses keys one by one, wherever the focus is.
  func press(_ keys: String) throws {
    let actions = keys.flatMap { key in
      ["keyDown", "keyUp"].map { ["type": $0, "value": String(key)] }
    }
    try send(
      "POST", "actions", ["actions": [["type": "key", "id": "keys", "actions": actions]]])
  }

  /// Waits until `condition` holds, and fails the test where it has not within `seconds`.
  func wait(
    _ what: String, seconds: Int = 30, sourceLocation: SourceLocation = #_sourceLocation,
    until condition: () throws -> Bool
  ) throws {
    for _ in 0..<(seconds * 20) {
      // A page that is just being left answers with an error.
      if (try? condition()) == true { return }
      usleep(50_000)
    }
    let page = (try? words()) ?? ""
    try #require(
      try condition(), "\(what): not within \(seconds) s\n\(page)", sourceLocation: sourceLocation)
  }

  private func element(_ selector: String) throws -> String {
    let found = try send(
      "POST", "element", ["using": "css selector", "value": selector])
    return try #require((found as? [String: String])?.values.first, "\(selector)")
  }

  private func text(of value: Any) throws -> String { try #require(value as? String) }
}
