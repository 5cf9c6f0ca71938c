import Foundation
import Testing

/// What is no file is refused by its name, and nothing waits for it.
@Suite(.ownThreads)
struct StrictOpeningStories {
  @Test func `pipes, devices, links and holes among bundles are skipped and named`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let folder = try world.makeFolder("stick")
    try a.run("bundle", "create", "\(folder)/good.satchel").expect(0)
    #expect(mkfifo("\(folder)/pipe.satchel", 0o600) == 0)
    #expect(symlink("/dev/zero", "\(folder)/zero.satchel") == 0)
    #expect(symlink("good.satchel", "\(folder)/link.satchel") == 0)
    try world.write(Data(), to: "stick/holes.satchel")
    #expect(truncate("\(folder)/holes.satchel", 1 << 40) == 0)
    let told = try b.run("merge", folder, "-n").expect(3)
    #expect(told.messages.contains("pipe.satchel: it is a pipe, not a file"), "\(told)")
    let result = try b.run("merge", folder).expect(3)
    #expect(result.messages.contains("pipe.satchel: it is a pipe, not a file"), "\(result)")
    #expect(result.messages.contains("zero.satchel: it is a link, not a file"), "\(result)")
    #expect(result.messages.contains("holes.satchel: it is not a bundle"), "\(result)")
    #expect(try b.articleIDs() == a.articleIDs())
  }

  @Test func `a path that is named may be a link, and no pipe or device`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try a.run("bundle", "create", world.path("good.satchel")).expect(0)
    #expect(symlink("good.satchel", world.path("link")) == 0)
    #expect(symlink("nowhere", world.path("dangling")) == 0)
    #expect(mkfifo(world.path("pipe"), 0o600) == 0)
    for verb in [["merge"], ["bundle", "verify"], ["bundle", "inspect"]] {
      for (name, code) in [("pipe", 13), ("dangling", 4)] as [(String, Int32)] {
        let result = try ToolResult(b.process(verb + [world.path(name)]), input: nil)
        result.expect(code)
        #expect(result.messages.contains(name == "pipe" ? "it is a pipe" : "a link to something"))
      }
      try ToolResult(b.process(verb + ["/dev/zero"]), input: nil).expect(13)
    }
    try b.run("merge", world.path("link")).expect(0)
    #expect(try b.articleIDs() == a.articleIDs())
  }

  @Test func `pages that are pipes are skipped, and notes and invitations may be`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let pages = try world.makeFolder("pages")
    #expect(mkfifo("\(pages)/page.md", 0o600) == 0)
    try a.run("import", pages).expect(3)
    try a.run("add", "\(pages)/page.md").expect(18)
    let id = try #require(try a.articleIDs().first)
    #expect(mkfifo(world.path("note"), 0o600) == 0)
    let writer = Thread { [path = world.path("note")] in
      let handle = open(path, O_WRONLY)
      _ = write(handle, "from a pipe\n", 12)
      close(handle)
    }
    writer.start()
    try a.run("note", id, "-F", world.path("note")).expect(0)
    #expect(try a.run("note", id).output == "from a pipe\n")
    try a.run("note", id, "-F", "/dev/zero").expect(1)
    try a.run("note", id, "-F", world.path("none")).expect(4)
    let b = world.laptop("b")
    try b.run("join", "/dev/zero").expect(1)
  }
}
