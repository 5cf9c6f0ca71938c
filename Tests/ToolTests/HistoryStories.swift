import Foundation
import Testing

/// Long texts in `log` and `conflicts`: cut for people, whole for programs.
@Suite(.ownThreads)
struct HistoryStories {
  @Test func `A long text is whole in JSON and cut on the terminal`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try world.write(Data("# One\n".utf8), to: "one.md")
    try a.run("add", world.path("one.md")).expect(0)
    let b = try world.joined("b", to: a)
    try a.run("bundle", "create", world.path("1.satchel")).expect(0)
    try b.run("merge", world.path("1.satchel")).expect(0)
    let id = try #require(try a.articleIDs().first)
    // Whatever a piece begins or ends with: marks that join, characters of four bytes, quotes.
    let soup = #"\"/e\#u{301}字\#u{85}𝄞\#u{1}"value":[]\#u{202e}"#
    let notes = ["a", "b"].map { name in
      "\(name) " + (0..<2_500).map { "\(soup)\($0 % 7)" }.joined()
    }
    for (laptop, note) in zip([a, b], notes) {
      try world.write(Data(note.utf8), to: "note")
      try laptop.run("note", id, "-F", world.path("note")).expect(0)
    }
    try b.run("bundle", "create", world.path("2.satchel")).expect(0)
    try a.run("merge", world.path("2.satchel")).expect(0)

    let log = try #require(try a.json("log", id)["operations"] as? [[String: Any]])
    let logged = log.filter { $0["field"] as? String == "note" }
    #expect(logged.map { $0["value"] as? String } == notes)
    #expect(logged.map { $0["winner"] as? Bool } == [false, true])
    #expect(Set(logged[0].keys) == Set(log[0].keys))
    let conflicts = try #require(try a.json("conflicts")["conflicts"] as? [[String: Any]])
    #expect(conflicts.count == 1)
    for (side, note) in [("kept", notes[1]), ("lost", notes[0])] {
      #expect((conflicts[0][side] as? [String: Any])?["value"] as? String == note)
    }

    for command in ["log", "conflicts"] {
      let text = try a.run(command).expect(0).output
      #expect(text.contains("a \\\"/") && text.contains("b \\\"/"), "\(command)")
      #expect(text.utf8.count < 20_000 && text.contains("…"), "\(command)")
    }
    let name = try #require(conflicts[0]["n"] as? String)
    for wrong in ["1", "\(name)1", "x\(name)", "-", "\(name.prefix(4))-"] {
      try a.run("restore", id, "note", "--conflict=\(wrong)").expect(4)
    }
    try a.run("restore", id, "title", "--conflict", name).expect(4)
    try a.run("restore", id, "note", "--conflict", name).expect(0)
    #expect(try a.json("note", id)["note"] as? String == notes[0])
    let stamp = try #require(logged[1]["stamp"] as? String)
    try a.run("restore", id, "note", "--to", stamp).expect(0)
    #expect(try a.json("note", id)["note"] as? String == notes[1])
  }
}
