import Foundation
import Testing

/// A library that can be read and not written.
struct ReadOnlyStories {
  @Test(
    .enabled(if: Disk.isPossible, "this needs root, to mount a disk"),
    arguments: [true, false], [true, false])
  func `a library on a protected or a full medium can be read`(
    isProtected: Bool, isClosed: Bool
  ) throws {
    let world = try World()
    let disk = try Disk(in: world, megabytes: 4)
    defer { disk.eject() }
    var a = world.laptop("a")
    a.library = "\(disk.path)/a %41?#library"
    try a.run("init", "--name", "a").expect(0)
    try a.run("import", "mirror", Repository.sampleLibrary).expect(0)
    let articles = try a.articleIDs()
    if isProtected { try a.run("search", "water").expect(0) }
    // A process that dies leaves a log, which holds the last writes.
    if !isClosed {
      let note = a.process(["note", articles[0], "-m", "in the log"])
      let log = URL(fileURLWithPath: "\(a.library)/library.sqlite-wal")
      let holder = try world.start(reading("\(a.library)/library.sqlite", in: a))
      try holder.wait("open") { holder.output.contains("open") }
      try ToolResult(note, input: nil).expect(0)
      holder.end()
      #expect(try Data(contentsOf: log).count > 0)
    }
    if isProtected {
      try disk.protect()
    } else {
      try disk.fill(leaving: 0)
    }
    #expect(try a.articleIDs() == articles)
    let shown = try a.run("show", articles[0]).expect(0)
    #expect(isClosed || shown.output.contains("in the log"), "\(shown)")
    try a.run("status").expect(0)
    try a.run("log").expect(0)
    try a.run("check", "--deep").expect(0)
    #expect(try a.run("search", "the").expect(0).output != "")
    let bundle = world.path("bundle.satchel")
    try a.run("bundle", "create", bundle).expect(0)
    let b = world.laptop("b")
    try a.run("invite", "--file", world.path("code")).expect(0)
    try b.run("join", world.path("code"), "--name", "b").expect(0)
    try b.run("merge", bundle).expect(0)
    #expect(try b.articleIDs() == articles)
    // Writing is refused, in words, and the state folder is as it was.
    let refused = try a.run("mark", "read", articles[0]).expect(18)
    #expect(refused.messages.contains("cannot be written"), "\(refused)")
    let merging = try a.run("merge", bundle)
    #expect([0, 18].contains(merging.code), "\(merging)")
  }

  /// A program that has the database open and never closes it, so that its log stays.
  private func reading(_ database: String, in laptop: Laptop) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      """
      import sqlite3, sys, time
      db = sqlite3.connect(sys.argv[1])
      db.execute("SELECT * FROM state").fetchall()
      print("open", flush=True)
      time.sleep(60)
      """, database,
    ]
    process.environment = laptop.environment
    return process
  }
}
