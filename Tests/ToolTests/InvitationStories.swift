import Foundation
import Testing

/// What must not lie about, and what must not reach a terminal.
@Suite(.ownThreads)
struct InvitationStories {
  @Test func `An invitation beside bundles is told of by all that look there`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let stranger = try world.laptopWithSamples("stranger")
    let stick = try world.makeFolder("stick")
    try stranger.run("invite", "--file", "\(stick)/other").expect(0)
    let quiet = try a.run("bundle", "create", stick).expect(0)
    #expect(quiet.messages.isEmpty, "another library's: \(quiet)")

    let written = try a.run("invite", "--file", "\(stick)/invitation").expect(0)
    #expect(written.messages.contains("hand it over another way"), "\(written)")
    for command in [["bundle", "create", stick], ["merge", stick], ["sync", stick]] {
      let result = try ToolResult(a.process(command), input: nil).expect(0)
      #expect(
        result.messages.contains("stick/invitation is an invitation to this library"), "\(result)")
      #expect(!result.messages.contains("stick/other"), "\(result)")
    }
  }

  @Test func `JSON escapes what a terminal would obey`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let unsafe = "a\u{7f}b\u{85}c\u{9b}d\u{202e}e\u{2028}f\u{2066}g\u{200f}h"
    try a.run("add", "-", input: "---\ntitle: \"\(unsafe)\"\n---\n\nText.\n").expect(0)
    let output = try a.run("list", "--json").expect(0).output
    #expect(output.contains("\\u202e") && output.contains("\\u009b"), "\(output)")
    #expect(!output.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) })
    let articles = try a.json("list")["articles"] as? [[String: Any]]
    let title = try #require(articles?.first?["title"] as? String)
    #expect(title.unicodeScalars.contains("\u{202e}") && title.unicodeScalars.contains("\u{9b}"))
  }
}
