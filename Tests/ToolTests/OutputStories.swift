import Foundation
import Testing

/// Output that cannot be written: never a trap, and always known whether the change was made.
@Suite(.ownThreads, .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
struct OutputStories {
  @Test(arguments: [("> /dev/full", "No space left on device"), (">&-", "it is closed")])
  func `An answer that cannot be written ends with 18`(
    redirection: String, reason: String
  ) throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    let lost = a.through("exec \"$@\" \(redirection)")
    for command in [
      ["list"], ["list", "--json"], ["status"], ["log"], ["show", id], ["search", "tea"],
      ["tag", "list"], ["replica", "list"], ["check"], ["list", "--help"],
      ["mark", "read", id, "-n"], ["rm", id, "-n", "--json"],
    ] {
      let result = try lost.run(command).expect(18)
      #expect(
        result.messages.contains("cannot write the output: \(reason). Nothing was changed."),
        "\(command): \(result)")
      #expect(result.messages.split(separator: "\n").count == 1, "\(command): \(result)")
    }
    #expect(try a.json("status")["unread"] as? Int == 12)
    for command in ["help", "help list", "--version", "--generate-completion-script bash"] {
      let tool = Process()
      tool.executableURL = URL(fileURLWithPath: "/bin/sh")
      tool.arguments = ["-c", "exec \"$0\" \(command) \(redirection)", Repository.tool.path]
      let result = try ToolResult(tool, input: nil).expect(18)
      #expect(result.messages.contains("\(reason). Nothing was changed."), "\(command): \(result)")
    }
  }

  @Test(arguments: ["> /dev/full", ">&-", "<&- >&-"])
  func `A change whose report cannot be written is made, and said to be`(
    redirection: String
  ) throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let ids = try a.articleIDs()
    let lost = a.through("exec \"$@\" \(redirection)")
    for (number, options) in [[], ["--json"]].enumerated() {
      let result = try lost.run(["mark", "read", ids[number]] + options).expect(18)
      #expect(result.messages.contains("What was asked for was done; only the report"), "\(result)")
    }
    #expect(try a.json("status")["unread"] as? Int == 10)
    let bundle = world.path("all.satchel")
    try lost.run(["bundle", "create", bundle]).expect(18)
    try a.run("bundle", "verify", bundle).expect(0)
    try a.run("check", "--deep").expect(0)
  }

  @Test func `Messages that cannot be written end with 18 where all else went well`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    for redirection in ["2> /dev/full", "2>&-"] {
      let lost = a.through("exec \"$@\" \(redirection)")
      try lost.run(["list"]).expect(0)
      try lost.run(["list", "--site", "none.example"]).expect(18)
      try lost.run(["show", "nothing"]).expect(4)
      try lost.run(["list", "--nonsense"]).expect(64)
    }
    let silent = a.through("exec \"$@\" > /dev/full 2> /dev/full < /dev/null")
    try silent.run(["list"]).expect(18)
    try silent.run(["mark", "read", try #require(a.articleIDs().first)]).expect(18)
    #expect(try a.json("status")["unread"] as? Int == 11)
  }

  @Test func `A reader that has had enough is no failure`() throws {
    let world = try World()
    let a = try world.laptopWithMuch(megabytes: 1)
    let id = try #require(a.articleIDs().first)
    let piped = a.through("{ \"$@\"; echo \"code $?\" >&2; } | head -c 10")
    for command in [
      ["show", id, "--format", "markdown"], ["show", id, "--json"], ["log", "--limit", "0"],
    ] {
      let result = try piped.run(command)
      #expect(result.messages == "code 0\n", "\(command): \(result)")
    }
    let marked = try a.through("{ sleep 1; \"$@\"; echo \"code $?\" >&2; } | true")
      .run(["mark", "read", id])
    #expect(marked.messages == "code 0\n", "\(marked)")
    #expect(try a.json("show", id)["read"] as? Bool == true)
  }

  @Test func `Input that is closed or a folder is said not to be readable`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    for redirection in ["<&-", "< /"] {
      let mute = a.through("exec \"$@\" \(redirection)")
      for command in [["add", "-"], ["note", id, "-F", "-"]] {
        let result = try mute.run(command)
        #expect([18, 64].contains(result.code) && result.messages.contains("read"), "\(result)")
      }
    }
    #expect(try a.articleIDs().count == 12)
  }
}

extension Laptop {
  /// The same laptop, whose commands run as `"$@"` in a shell script.
  func through(_ script: String) -> Laptop {
    var laptop = self
    laptop.launcher = ["/bin/sh", "-c", script, "sh"]
    return laptop
  }

  func run(_ arguments: [String]) throws -> ToolResult {
    try ToolResult(process(arguments), input: nil)
  }
}
