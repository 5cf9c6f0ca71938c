import Foundation
import Testing

/// A temporary folder with laptops in it, each with its own library and state, as two machines
/// have; removed at the end.
final class World {
  let folder: URL
  private var processes: [Background] = []

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("satchel-story-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    for process in processes { process.end() }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Starts what runs while the test goes on, and at the latest ends with this world.
  func start(_ process: Process) throws -> Background {
    let background = try Background(process, in: folder)
    processes.append(background)
    return background
  }

  func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    return path(name)
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func write(_ bytes: Data, to name: String) throws {
    try bytes.write(to: folder.appendingPathComponent(name))
  }

  func read(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  /// An executable script of the shell; returns its path.
  @discardableResult
  func script(_ name: String, _ text: String) throws -> String {
    try write(Data("#!/bin/sh\n\(text)\n".utf8), to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path(name))
    return path(name)
  }

  /// Fails the test where the process whose id lies in a file is still there.
  func expectNoProcess(
    _ file: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let text = String(decoding: try read(file), as: UTF8.self)
    let id = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    // Whoever takes care of orphans may need a moment.
    for _ in 0..<100 where isRunning(id) { usleep(10_000) }
    #expect(!isRunning(id), sourceLocation: sourceLocation)
  }

  private func isRunning(_ id: pid_t) -> Bool {
    guard kill(id, 0) == 0 else { return false }
    let state = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
    return state.map { !$0.contains(") Z ") } ?? true
  }

  /// A laptop whose library is made by the caller.
  func laptop(_ name: String) -> Laptop { Laptop(name: name, world: self) }

  /// A laptop with a new library that holds the sample articles.
  func laptopWithSamples(_ name: String = "a") throws -> Laptop {
    let laptop = laptop(name)
    try laptop.run("init", "--name", name).expect(0)
    try laptop.run("import", "mirror", Repository.sampleLibrary).expect(0)
    return laptop
  }

  /// Another replica of a laptop's library, empty.
  func joined(_ name: String, to other: Laptop) throws -> Laptop {
    let code = path("invitation-\(name)")
    try other.run("invite", "--file", code).expect(0)
    let laptop = laptop(name)
    try laptop.run("join", code, "--name", name).expect(0)
    return laptop
  }
}

/// One machine of the world.
struct Laptop {
  let name: String
  var library: String
  var environment: [String: String]
  /// A command that runs the tool, and its arguments: none, or one that puts it elsewhere.
  var launcher: [String] = []
  private let world: World

  init(name: String, world: World) {
    self.name = name
    self.world = world
    library = world.path("\(name)/library")
    environment = [
      "HOME": world.path(name), "XDG_STATE_HOME": world.path("\(name)/state"),
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
    ]
  }

  @discardableResult
  func run(_ arguments: String..., input: String? = nil) throws -> ToolResult {
    try ToolResult(process(arguments), input: input)
  }

  /// The process of a command that is not started yet.
  func process(_ arguments: [String]) -> Process {
    let process = Process()
    let command = launcher + [Repository.tool.path, "-L", library] + arguments
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = environment
    return process
  }

  /// A command that runs while the test goes on.
  func start(_ arguments: String...) throws -> Background { try start(arguments) }

  func start(_ arguments: [String]) throws -> Background { try world.start(process(arguments)) }

  /// Answers on a free port of the loopback.
  func serve(_ arguments: String..., at address: String = "127.0.0.1") throws -> Server {
    let serve = ["serve", "--bind", address, "--port", "0"]
    let server = try world.start(process(serve + arguments))
    try server.wait("listening") { server.output.contains("\n") }
    let line = server.output.prefix { $0 != "\n" }
    let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    return Server(
      process: server, host: address, port: try #require(event?["port"] as? Int, "\(line)"))
  }

  func json(_ arguments: String...) throws -> [String: Any] {
    try ToolResult(process(arguments + ["--json"]), input: nil).object()
  }

  func fingerprint() throws -> String {
    try #require(try json("status")["fingerprint"] as? String)
  }

  func articleIDs() throws -> [String] {
    let articles = try #require(try json("list", "--all")["articles"] as? [[String: Any]])
    return articles.compactMap { $0["id"] as? String }
  }
}

/// A `satchel serve` that runs.
struct Server {
  let process: Background
  let host: String
  let port: Int

  var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// What a command printed and how it ended.
struct ToolResult: CustomStringConvertible {
  let code: Int32
  let output: String
  let messages: String

  /// The JSON object in the last line.
  func object() throws -> [String: Any] {
    let line = try #require(output.split(separator: "\n").last, "\(self)")
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
    return try #require(object as? [String: Any])
  }

  init(_ process: Process, input: String?) throws {
    // Files and not pipes, which a command that prints much would fill and then wait for.
    let folder = FileManager.default.temporaryDirectory
    let files = ["out", "err", "in"].map {
      folder.appendingPathComponent("satchel-\(UUID().uuidString).\($0)")
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    for file in files.prefix(2) {
      try Data().write(to: file)
    }
    try Data((input ?? "").utf8).write(to: files[2])
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    process.standardInput = try FileHandle(forReadingFrom: files[2])
    try process.run()
    process.waitUntilExit()
    code = process.terminationStatus
    output = try String(contentsOf: files[0], encoding: .utf8)
    messages = try String(contentsOf: files[1], encoding: .utf8)
  }

  var description: String { "exit \(code)\n\(output)\(messages)" }

  /// Fails the test for another exit code.
  @discardableResult
  func expect(
    _ code: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) -> ToolResult {
    #expect(self.code == code, "\(self)", sourceLocation: sourceLocation)
    return self
  }
}

/// Where things lie in the checkout.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let sampleLibrary = root.appendingPathComponent("Examples/sample-library").path

  /// The tool that was built with the tests: it lies beside their bundle.
  static let tool: URL = {
    let test = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var folder = test.deletingLastPathComponent()
    while folder.path != "/" {
      let tool = folder.appendingPathComponent("satchel")
      if FileManager.default.isExecutableFile(atPath: tool.path) { return tool }
      folder = folder.deletingLastPathComponent()
    }
    return test
  }()

  /// Real mirrored pages, where they are at hand: `SATCHEL_CORPUS`, else beside the checkout.
  static let corpus: URL? = {
    let named = ProcessInfo.processInfo.environment["SATCHEL_CORPUS"].map {
      URL(fileURLWithPath: $0)
    }
    let file = named ?? root.appendingPathComponent("../shared/corpus/mirror-sample.tar.xz")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }()
}
