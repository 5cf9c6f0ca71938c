import Foundation
import Testing

/// Two processes, killed processes, copied databases.
@Suite(.ownThreads)
struct ProcessStories {
  @Test func `Processes that write at once all get their turn and lose nothing`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let ids = try a.articleIDs()
    let processes = ids.map { a.process(["mark", "read", $0, "-q"]) }
    for process in processes {
      process.standardOutput = FileHandle.nullDevice
      try process.run()
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(try a.json("status")["unread"] as? Int == 0)
    try a.run("check").expect(0)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func `A library that another process holds is busy and loses nothing`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    let program = """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.execute("BEGIN IMMEDIATE")
      print("held", flush=True)
      sys.stdin.read()
      """
    holder.arguments = ["-c", program, "\(a.library)/library.sqlite"]
    let (input, output) = (Pipe(), Pipe())
    holder.standardInput = input
    holder.standardOutput = output
    try holder.run()
    _ = output.fileHandleForReading.availableData
    let result = try a.run("mark", "read", id).expect(11)
    #expect(result.messages.contains("busy"))
    try a.run("list").expect(0)
    try input.fileHandleForWriting.close()
    holder.waitUntilExit()
    try a.run("mark", "read", id).expect(0)
    #expect(try a.json("status")["unread"] as? Int == 11)
  }

  @Test func `A process killed while it imports leaves a valid library, and the next goes on`()
    throws
  {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try FileManager.default.createDirectory(
      atPath: world.path("pages"), withIntermediateDirectories: true)
    for number in 0..<1_500 {
      let text = "# Page \(number)\n\n" + String(repeating: "line \(number) of text\n", count: 200)
      try world.write(Data(text.utf8), to: "pages/\(number).md")
    }
    // Killed at different moments, by how far its progress says it is.
    for share in [10, 50, 90] {
      let process = a.process(["import", world.path("pages"), "--progress", "plain"])
      let progress = Pipe()
      process.standardError = progress
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      while true {
        let data = progress.fileHandleForReading.availableData
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        let percents = lines.compactMap { line in
          line.split(separator: " ").dropLast().last.flatMap { Int($0) }
        }
        if data.isEmpty || percents.contains(where: { $0 >= share }) { break }
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      try a.run("check", "--deep").expect(0)
    }
    try a.run("import", world.path("pages")).expect(0)
    #expect(try a.articleIDs().count == 1_500)
    try a.run("check", "--deep").expect(0)
  }

  @Test func `A copied library writes as a fresh replica and says so once`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let copy = world.laptop("a2")
    try FileManager.default.createDirectory(
      atPath: world.path("a2"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: a.library, toPath: copy.library)
    let id = try #require(a.articleIDs().first)
    let first = try copy.run("mark", "read", id).expect(0)
    #expect(first.messages.contains("writes as"), "\(first)")
    let second = try copy.run("mark", "starred", id).expect(0)
    #expect(second.messages.isEmpty, "\(second)")
    try a.run("note", id, "-m", "from the original").expect(0)

    try copy.run("bundle", "create", world.path("copy.satchel")).expect(0)
    try a.run("bundle", "create", world.path("a.satchel")).expect(0)
    try a.run("merge", world.path("copy.satchel")).expect(0)
    try copy.run("merge", world.path("a.satchel")).expect(0)
    #expect(try a.fingerprint() == copy.fingerprint())
  }

  @Test func `A library restored from an older backup loses nothing to its own past`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let ids = try a.articleIDs()
    // A backup in place keeps the file, so only the sequences tell.
    try a.run("compact").expect(0)
    let backup = try Data(contentsOf: URL(fileURLWithPath: "\(a.library)/library.sqlite"))
    try a.run("mark", "read", ids[0]).expect(0)
    try a.run("bundle", "create", world.path("1.satchel")).expect(0)
    try b.run("merge", world.path("1.satchel")).expect(0)
    for ending in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: "\(a.library)/library.sqlite\(ending)")
    }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(a.library)/library.sqlite"))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: backup)
    try handle.close()

    let result = try a.run("mark", "starred", ids[1]).expect(0)
    #expect(result.messages.contains("writes as"), "\(result)")
    try a.run("bundle", "create", world.path("2.satchel")).expect(0)
    try b.run("merge", world.path("2.satchel")).expect(0)
    try b.run("bundle", "create", world.path("3.satchel")).expect(0)
    try a.run("merge", world.path("3.satchel")).expect(0)
    #expect(try a.fingerprint() == b.fingerprint())
    #expect(try a.json("status")["unread"] as? Int == 11)
    #expect(try b.json("status")["starred"] as? Int == 1)
  }
}
