import Foundation
import Testing

/// Names are bytes: what is no UTF-8 goes through as it is. The shell writes such names, since
/// Foundation cannot.
@Suite(.ownThreads)
struct NameStories {
  /// Runs a script of the shell with `$S` the tool, in the world's folder; returns what it printed.
  @discardableResult
  private func shell(
    _ script: String, _ laptop: Laptop, in world: World, expecting code: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ToolResult {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = world.folder
    process.environment = laptop.environment.merging(
      [
        "S": Repository.tool.path, "SATCHEL_LIBRARY": laptop.library,
        // 你 in GBK.
        "N": "printf '\\304\\343'",
      ], uniquingKeysWith: { $1 })
    let result = try ToolResult(process, input: nil)
    return result.expect(code, sourceLocation: sourceLocation)
  }

  @Test func `pages with names in GBK are imported, in folders of such names too`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try shell(
      """
      n=$(eval "$N"); mkdir -p "pages/$n"
      printf '# One\\n\\n![](%%C4%%E3.png)\\n' > "pages/$n.md"
      printf 'picture' > "pages/$n.png"
      printf 'two' > "pages/$n/two.txt"
      printf '\\000' > "pages/$n/$n.txt"
      """, a, in: world)
    let result = try shell("\"$S\" import pages --json", a, in: world, expecting: 3)
    #expect(result.output.contains("\"added\":2"), "\(result)")
    #expect(result.output.contains(#"\\xC4\\xE3/\\xC4\\xE3.txt"#), "\(result)")
    let one = try shell("\"$S\" import \"pages/$(eval \"$N\").md\"", a, in: world)
    #expect(one.output.contains("1 unchanged"), "\(one)")
    try shell("\"$S\" add \"pages/$(eval \"$N\").md\"", a, in: world)
    let status = try a.json("status")
    // Two texts and the picture.
    #expect(try a.run("check", "--deep").code == 0)
    #expect(status["articles"] as? Int == 2)
    let bytes = try #require(status["bytes"] as? [String: Any])
    #expect(bytes["bodies"] as? Int == 33)
  }

  @Test func `bundles, folders and remotes keep their names' bytes`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let made = try shell("\"$S\" bundle create \"$(eval \"$N\").satchel\"", a, in: world)
    #expect(made.output.contains(#"Wrote \xC4\xE3.satchel"#), "\(made)")
    // Under that name and no other.
    try shell(
      "test -f \"$(eval \"$N\").satchel\" && test \"$(ls *.satchel | wc -l)\" = 1", a, in: world)
    try shell("\"$S\" bundle verify \"$(eval \"$N\").satchel\"", b, in: world)
    try shell("\"$S\" bundle inspect --json \"$(eval \"$N\").satchel\"", b, in: world)
    try shell(
      "mkdir found && mv \"$(eval \"$N\").satchel\" found/ && \"$S\" merge found", b, in: world)
    #expect(try b.articleIDs() == a.articleIDs())
    try shell(
      "mkdir \"$(eval \"$N\")\" && \"$S\" remote add share \"$(eval \"$N\")\" && \"$S\" sync", a,
      in: world)
    let listed = try a.json("remote", "list")
    let remotes = try #require(listed["remotes"] as? [[String: Any]])
    #expect((remotes.first?["target"] as? String)?.hasSuffix(#"/\xC4\xE3"#) == true)
    try shell("test -f \"$(eval \"$N\")\"/*/library", a, in: world)
    try shell("\"$S\" sync \"$(eval \"$N\")\"", b, in: world)
  }

  @Test func `a library, its state and its home may have any names`() throws {
    let world = try World()
    var a = world.laptop("a")
    // The environment's bytes are the shell's, since Foundation has none for them.
    let setUp = """
      n=$(eval "$N"); export XDG_STATE_HOME="$PWD/state-$n" HOME="$PWD/home-$n"
      export SATCHEL_LIBRARY="$PWD/library-$n"
      """
    a.environment["XDG_STATE_HOME"] = nil
    try world.write(Data("# One\n".utf8), to: "one.md")
    try shell("\(setUp); \"$S\" init --name a && \"$S\" add one.md", a, in: world)
    let status = try shell("\(setUp); \"$S\" status", a, in: world)
    #expect(status.output.contains("1 article"), "\(status)")
    try shell("\(setUp); \"$S\" search One && \"$S\" check --deep", a, in: world)
    try shell(
      "\(setUp); test -f \"library-$n/library.sqlite\" && test -d \"state-$n/satchel\"", a,
      in: world)
    try shell("\(setUp); test \"$(ls -d library-* | wc -l)\" = 1", a, in: world)
    // Named with -L, and without any variable.
    try shell("\(setUp); unset SATCHEL_LIBRARY; \"$S\" -L \"library-$n\" list", a, in: world)
    try shell("\(setUp); unset SATCHEL_LIBRARY; \"$S\" init --name b", a, in: world)
    try shell("\(setUp); test -d \"home-$n/.local/share/satchel/default\"", a, in: world)
  }

  @Test func `text that is no UTF-8 is refused and changes nothing`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let before = try a.fingerprint()
    let id = try #require(try a.articleIDs().first)
    for words in ["note \(id) -m", "tag add \(id)", "search"] {
      let result = try shell("\"$S\" \(words) \"$(eval \"$N\")\"", a, in: world, expecting: 64)
      #expect(result.messages.contains(#"\xC4\xE3"#), "\(result)")
    }
    #expect(try a.fingerprint() == before)
  }

  @Test func `paths of one letter do no harm`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    try shell("\"$S\" bundle create q && \"$S\" bundle verify q", a, in: world)
    try shell("\"$S\" invite --file i", a, in: world)
    try shell("printf x > p; \"$S\" merge p", a, in: world, expecting: 13)
  }
}
