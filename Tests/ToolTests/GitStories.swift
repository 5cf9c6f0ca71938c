import Foundation
import Testing

/// `satchel import git:FOLDER`: pages of a mirror that lives in a repository.
@Suite(.ownThreads)
struct GitStories {
  /// A repository with pages.
  private struct Mirror {
    let world: World
    let path: String

    init(_ name: String, in world: World) throws {
      self.world = world
      path = try world.makeFolder(name)
      try git("init", "-q")
    }

    func git(_ arguments: String...) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments =
        ["git", "-C", path, "-c", "user.name=m", "-c", "user.email=m@example.org"] + arguments
      process.environment = ["PATH": "/usr/bin:/bin", "HOME": world.path("nobody")]
      let result = try ToolResult(process, input: nil)
      try #require(result.code == 0, "\(arguments): \(result)")
    }

    /// A page of its own address, or of none.
    func page(_ place: String, _ number: Int? = nil, text: String) throws {
      try FileManager.default.createDirectory(
        at: URL(filePath: "\(path)/\(place)").deletingLastPathComponent(),
        withIntermediateDirectories: true)
      let head =
        number.map { "---\ntitle: Page \($0)\nurl: https://e.example/\($0)\n---\n\n" } ?? ""
      try Data("\(head)\(text)\n".utf8).write(to: URL(filePath: "\(path)/\(place)"))
    }

    func commit() throws {
      try git("add", "-A")
      try git("commit", "-q", "--allow-empty", "-m", "more")
    }
  }

  private func start() throws -> (World, Mirror, Laptop) {
    let world = try World()
    let mirror = try Mirror("mirror", in: world)
    for number in 1...4 { try mirror.page("a/\(number).md", number, text: "Text \(number).") }
    try mirror.page("b/plain.md", text: "# Plain\n\nNo address.")
    try mirror.page("notes.json", text: "{}")
    try mirror.page(".hidden/x.md", 9, text: "Hidden.")
    try mirror.commit()
    let laptop = world.laptop("a")
    try laptop.run("init", "--name", "a").expect(0)
    return (world, mirror, laptop)
  }

  private func counts(_ result: ToolResult) throws -> [String: Int] {
    let summary = try result.expect(0).object()
    var counts: [String: Int] = [:]
    for key in ["added", "changed", "unchanged", "pruned"] {
      counts[key] = try #require(summary[key] as? Int, "\(summary)")
    }
    return counts
  }

  @Test func `Only pages that changed are read, and a rename loses and doubles nothing`() throws {
    let (_, mirror, a) = try start()
    let source = "git:\(mirror.path)"
    #expect(try counts(a.run("import", source, "-n", "--json"))["added"] == 5)
    #expect(try a.articleIDs().isEmpty)
    #expect(try counts(a.run("import", source, "--json"))["added"] == 5)
    let again = try a.run("import", source).expect(0)
    #expect(again.output.contains("is at the same commit"), "\(again)")

    try mirror.git("mv", "a/1.md", "b/one.md")
    try mirror.git("mv", "b/plain.md", "a/plain.md")
    try mirror.page("a/2.md", 2, text: "Other text.")
    try mirror.page("a/5.md", 5, text: "Text 5.")
    try mirror.commit()
    // What is not committed counts for nothing.
    try mirror.page("a/3.md", 3, text: "Not saved.")
    try mirror.page("a/6.md", 6, text: "Not added.")
    let counted = try counts(a.run("import", source, "--json"))
    #expect(counted == ["added": 1, "changed": 1, "unchanged": 2, "pruned": 0])
    #expect(try a.articleIDs().count == 6)
    #expect(try a.run("show", "https://e.example/2").expect(0).output.contains("Other text."))
    #expect(try a.run("show", "https://e.example/3").expect(0).output.contains("Text 3."))
  }

  @Test func `A history that was written anew is compared like any other`() throws {
    let (world, mirror, a) = try start()
    let source = "git:\(mirror.path)"
    try a.run("import", source).expect(0)
    try mirror.page("a/1.md", 1, text: "Amended.")
    try mirror.git("add", "-A")
    try mirror.git("commit", "-q", "--amend", "-m", "anew")
    try mirror.git("reflog", "expire", "--expire=now", "--all")
    try mirror.git("gc", "-q", "--prune=now")
    let counted = try counts(a.run("import", source, "--json"))
    #expect(counted == ["added": 0, "changed": 1, "unchanged": 0, "pruned": 0])
    // A shallow clone and a bare one hold the same pages.
    try mirror.git("clone", "-q", "--bare", mirror.path, world.path("bare"))
    try mirror.git("clone", "-q", "--depth", "1", "file://\(mirror.path)", world.path("shallow"))
    for clone in ["bare", "shallow"] {
      let counted = try counts(a.run("import", "git:\(world.path(clone))", "--json"))
      #expect(counted == ["added": 0, "changed": 0, "unchanged": 5, "pruned": 0], "\(clone)")
    }
    #expect(try counts(a.run("import", "git:\(mirror.path)/a", "--json"))["unchanged"] == 4)
  }

  @Test func `What was skipped is tried again, and other ways of reading read again`() throws {
    let (_, mirror, a) = try start()
    let source = "git:\(mirror.path)"
    try Data("# ".utf8 + [0xCC, 0xEC, 0xC6, 0xF8] + "\n\nRain.\n".utf8)
      .write(to: URL(filePath: "\(mirror.path)/old.md"))
    try mirror.commit()
    for _ in 0..<2 {
      let result = try a.run("import", source).expect(3)
      #expect(result.messages.contains("skipped old.md"), "\(result)")
    }
    try a.run("import", source, "--encoding", "gb18030").expect(0)
    #expect(try a.articleIDs().count == 6)
    // Undoing an import has its pages read again.
    try a.run("undo").expect(0)
    #expect(try a.articleIDs().count == 5)
    try a.run("import", source, "--encoding", "gb18030").expect(0)
    #expect(try a.articleIDs().count == 6)
    let tagged = try counts(
      a.run("import", source, "--encoding", "gb18030", "--tag", "m", "--json"))
    #expect(tagged["changed"] == 6)
    let word = try counts(
      a.run("import", "markdown", source, "--encoding", "gb18030", "--tag", "m", "--json"))
    #expect(word["unchanged"] == 6)
  }

  @Test func `Images come along, and a page whose image changed is read again`() throws {
    let (_, mirror, a) = try start()
    let source = "git:\(mirror.path)"
    try mirror.page("a/pictures.md", 7, text: "![map](map.png)")
    try Data([0x89] + "PNG one".utf8).write(to: URL(filePath: "\(mirror.path)/a/map.png"))
    try mirror.commit()
    try a.run("import", source).expect(0)
    try Data([0x89] + "PNG two".utf8).write(to: URL(filePath: "\(mirror.path)/a/map.png"))
    try mirror.commit()
    // That page alone is.
    let drawn = try counts(a.run("import", source, "--json"))
    #expect(drawn == ["added": 0, "changed": 1, "unchanged": 0, "pruned": 0])
    // One that comes later is taken, too.
    try mirror.page("a/later.md", 8, text: "![](../img/late.png)")
    try mirror.commit()
    try a.run("import", source).expect(0)
    try FileManager.default.createDirectory(
      atPath: "\(mirror.path)/img", withIntermediateDirectories: false)
    for name in ["late", "nobodys"] {
      try Data([0x89] + "PNG \(name)".utf8)
        .write(to: URL(filePath: "\(mirror.path)/img/\(name).png"))
    }
    try mirror.commit()
    let late = try counts(a.run("import", source, "--json"))
    #expect(late == ["added": 0, "changed": 1, "unchanged": 0, "pruned": 0])
    try a.run("import", source).expect(0)
    #expect(try a.json("status")["missing_bodies"] as? Int == 0)
  }

  @Test func `Links within the commit are pages, and submodules are told`() throws {
    let (world, mirror, a) = try start()
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: "\(mirror.path)/b/linked.md", withDestinationPath: "../a/1.md")
    try manager.createSymbolicLink(
      atPath: "\(mirror.path)/b/out.md", withDestinationPath: "/etc/passwd")
    let other = try Mirror("other", in: world)
    try other.page("x.md", 8, text: "Elsewhere.")
    try other.commit()
    try mirror.git("-c", "protocol.file.allow=always", "submodule", "-q", "add", other.path, "sub")
    try mirror.commit()
    let result = try a.run("import", "git:\(mirror.path)", "-v").expect(3)
    #expect(result.messages.contains("skipped b/out.md"), "\(result)")
    #expect(result.messages.contains("passed over sub: "), "\(result)")
    #expect(result.output.contains("1 more copy"), "\(result)")
    #expect(try a.articleIDs().count == 5)
    #expect(try !a.run("search", "root").output.contains("/root"))
  }

  @Test func `What cannot be imported is told with its reason`() throws {
    let (world, mirror, a) = try start()
    let plain = try world.makeFolder("plain")
    try world.write(Data("x".utf8), to: "page.md")
    let empty = try Mirror("empty", in: world)
    for (place, code, words) in [
      (plain, Int32(4), "no git repository"), (empty.path, 4, "nothing is committed"),
      (world.path("nowhere"), 4, "no such file"), (world.path("page.md"), 4, "names a folder"),
    ] {
      let result = try a.run("import", "git:\(place)").expect(code)
      #expect(result.messages.contains(words), "\(result)")
      #expect(result.messages.contains("Nothing was added"), "\(result)")
    }
    var withoutGit = a
    withoutGit.environment["PATH"] = plain
    let none = try withoutGit.run("import", "git:\(mirror.path)").expect(1)
    #expect(none.messages.contains("there is no git"), "\(none)")
    // A path may be called so.
    let odd = try world.makeFolder("odd/git:x")
    try world.write(Data("# Odd\n\nText.\n".utf8), to: "odd/git:x/p.md")
    try a.run("import", odd).expect(0)
    #expect(try a.articleIDs().count == 1)
  }

  @Test func `Nothing that a repository or an environment sets up is run`() throws {
    let (world, mirror, a) = try start()
    let trap = try world.script("trap", "touch '\(world.path("sprung"))'; exec cat")
    for (name, value) in [
      ("core.fsmonitor", trap), ("core.pager", trap), ("pager.ls-tree", trap),
      ("core.hooksPath", world.folder.path), ("core.sshCommand", trap), ("diff.external", trap),
      ("diff.trap.textconv", trap), ("filter.trap.smudge", trap), ("filter.trap.process", trap),
      ("core.alternateRefsCommand", trap), ("alias.cat-file", "!\(trap)"),
      ("alias.ls-tree", "!\(trap)"), ("core.gitProxy", trap), ("core.askPass", trap),
    ] {
      try mirror.git("config", name, value)
    }
    try Data("*.md diff=trap filter=trap\n".utf8)
      .write(to: URL(filePath: "\(mirror.path)/.git/info/attributes"))
    // Its blobs are elsewhere, at a place that would be asked by a program.
    try mirror.git("clone", "-q", "--bare", mirror.path, world.path("origin.git"))
    try mirror.git("config", "remote.origin.url", "ext::\(trap)")
    try mirror.git("config", "remote.origin.promisor", "true")
    try mirror.git("config", "protocol.ext.allow", "always")
    try mirror.git("config", "extensions.partialClone", "origin")
    var hostile = a
    for (name, value) in [
      ("GIT_DIR", world.path("origin.git")), ("GIT_PAGER", trap), ("GIT_EXTERNAL_DIFF", trap),
      ("GIT_SSH_COMMAND", trap), ("GIT_ALLOW_PROTOCOL", "ext"),
    ] { hostile.environment[name] = value }
    try hostile.run("import", "git:\(mirror.path)").expect(0)
    #expect(try a.articleIDs().count == 5)
    // A blob that is gone is not fetched.
    let objects = "\(mirror.path)/.git/objects"
    for folder in try FileManager.default.contentsOfDirectory(atPath: objects)
    where folder.count == 2 {
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(objects)/\(folder)") {
        let file = "\(objects)/\(folder)/\(name)"
        if try isBlob(folder + name, mirror) { try FileManager.default.removeItem(atPath: file) }
      }
    }
    let b = try world.joined("b", to: a)
    let result = try b.run("import", "git:\(mirror.path)").expect(3)
    #expect(result.output.contains("5 files skipped"), "\(result)")
    #expect(!FileManager.default.fileExists(atPath: world.path("sprung")))
  }

  private func isBlob(_ name: String, _ mirror: Mirror) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "git", "-c", "core.fsmonitor=false", "-C", mirror.path, "cat-file", "-t", name,
    ]
    process.environment = ["PATH": "/usr/bin:/bin", "GIT_ALLOW_PROTOCOL": ""]
    return try ToolResult(process, input: nil).output == "blob\n"
  }
}
