import Foundation
import Sealing
import Testing

/// Both ways between this module and the `age` program, where it is installed.
@Suite(.enabled(if: AgeProgram.isInstalled))
struct AgeProgramTests {
  private let sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 5_000_000]

  @Test func `age opens what was sealed here`() throws {
    try AgeProgram.inScratchDirectory { program in
      try program.write(Array("\(SealedFile.identity.text)\n".utf8), to: "key.txt")
      for size in sizes {
        let plaintext = SealedFile.plaintext(count: size)
        try program.write(SealedFile.seal(plaintext), to: "sealed.age")
        // age creates no output file for an empty text.
        try program.write([], to: "opened")
        try program.run("age", "-d", "-i", "key.txt", "-o", "opened", "sealed.age")
        #expect(try program.read("opened") == plaintext, "\(size) bytes")
      }
    }
  }

  @Test func `what age sealed opens here`() throws {
    try AgeProgram.inScratchDirectory { program in
      for size in sizes {
        let plaintext = SealedFile.plaintext(count: size)
        try program.write(plaintext, to: "plain")
        let recipient = SealedFile.identity.recipient.text
        try program.run("age", "-r", recipient, "-o", "sealed.age", "plain")
        #expect(try SealedFile.open(program.read("sealed.age")) == plaintext, "\(size) bytes")
      }
    }
  }

  @Test func `a key that age made opens what age sealed for it and others`() throws {
    try AgeProgram.inScratchDirectory { program in
      try program.run("age-keygen", "-o", "key.txt")
      let lines = String(decoding: try program.read("key.txt"), as: UTF8.self)
        .split(separator: "\n")
      let identity = try AgeIdentity(text: String(try #require(lines.last)))
      #expect(lines.contains { $0.hasSuffix(identity.recipient.text) })
      try program.write([5, 6, 7], to: "plain")
      try program.run(
        "age", "-r", SealedFile.identity.recipient.text, "-r", identity.recipient.text,
        "-o", "sealed.age", "plain")
      #expect(try SealedFile.open(program.read("sealed.age"), with: identity) == [5, 6, 7])
      #expect(try SealedFile.open(program.read("sealed.age")) == [5, 6, 7])
    }
  }
}

/// Runs age's programs in a directory of their own.
struct AgeProgram {
  private static let folder = URL(filePath: "/usr/bin")
  private let directory: URL

  static var isInstalled: Bool {
    ["age", "age-keygen"].allSatisfy {
      FileManager.default.isExecutableFile(atPath: folder.appending(path: $0).path)
    }
  }

  static func inScratchDirectory(_ body: (AgeProgram) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "sealing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(AgeProgram(directory: directory))
  }

  func run(_ program: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = Self.folder.appending(path: program)
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) failed")
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: directory.appending(path: name))
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: directory.appending(path: name)))
  }
}
