import Foundation
import Testing

/// Neither a terminal nor a program that reads JSON is handed what could move a cursor.
@Suite(.ownThreads)
struct EscapeStories {
  @Test func `JSON escapes what a terminal could obey, and reads back the same`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let note = "a\u{7f}b\u{85}c\u{9b}d\u{2028}e\u{202e}f\u{200f}g\u{2066}h\u{e0041}i字"
    try world.write(Data("# One\n".utf8), to: "one.md")
    try a.run("add", world.path("one.md")).expect(0)
    let id = try #require(try a.articleIDs().first)
    try a.run("note", id, "-m", note).expect(0)
    for words in [["show", id], ["log"], ["note", id]] {
      let output = try ToolResult(a.process(words + ["--json"]), input: nil).output
      let unsafe = output.unicodeScalars.filter {
        $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.isBidiControl)
      }
      #expect(unsafe.isEmpty, "\(words): \(output)")
      #expect(output.contains(#"\u007fb\u0085c\u009bd\u2028e\u202ef\u200fg\u2066h"#), "\(output)")
      #expect(output.contains("字"))
    }
    #expect(try a.json("note", id)["note"] as? String == note)
  }
}
