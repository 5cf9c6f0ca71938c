import Foundation
import TestSupport
import Testing

/// A machine that does not keep every text.
@Suite(.ownThreads)
struct KeepStories {
  @Test func `What is read goes from a phone, and comes back when it is asked for`() throws {
    let world = try World()
    let desk = try world.laptopWithSamples("desk")
    let phone = try world.joined("phone", to: desk)
    let share = try world.makeFolder("share")
    func sync(_ laptops: Laptop...) throws {
      for laptop in laptops { try laptop.run("sync", share).expect(0) }
    }
    let ids = try desk.articleIDs()
    try desk.run("mark", "read", ids[0], ids[1]).expect(0)
    try sync(desk)
    #expect(try phone.run("keep").expect(0).output == "This machine keeps every text.\n")
    let would = try phone.run("keep", "is:unread", "-n").expect(0).output
    #expect(would.hasPrefix("It would be so:\n"), "\(would)")
    #expect(try phone.json("keep")["all"] as? Bool == true)
    try phone.run("keep", "is:unread").expect(0)
    try sync(phone)
    let keeping = try phone.json("keep")
    #expect(keeping["keeps"] as? String == "is:unread" && keeping["left_out"] as? Int == 2)
    #expect(keeping["wanted"] as? Int == 0 && keeping["waiting"] as? Int == 0)
    #expect(try phone.json("status")["missing_bodies"] as? Int == 0)
    #expect(try phone.articleIDs().count == ids.count)

    // What is not here says where it is, is found by is:missing, and comes when it is asked for.
    let missing = try phone.run("show", ids[0]).expect(0)
    #expect(
      missing.messages.contains("desk has it") && missing.messages.contains("satchel fetch"),
      "\(missing)")
    let found = try #require(try phone.json("list", "is:missing")["articles"] as? [[String: Any]])
    #expect(found.count == 2)
    let fetched = try phone.json("fetch", ids[0])
    #expect(fetched["changed"] as? [String] == [ids[0]])
    try sync(phone)
    #expect(try #require(try phone.json("show", ids[0])["text"] as? String).isEmpty == false)
    #expect(try phone.run("fetch", ids[0]).expect(0).output.hasPrefix("Nothing changed"))

    // What is read here goes once the desk has heard of the choice.
    try phone.run("mark", "read", ids[2]).expect(0)
    try sync(phone, desk, phone)
    #expect(try phone.json("show", ids[2])["text"] is NSNull)
    // It is still found by its words.
    try phone.run("keep", "all").expect(0)
    try sync(phone, desk, phone)
    #expect(try phone.json("keep")["left_out"] as? Int == 0)
    #expect(try phone.fingerprint() == desk.fingerprint())
    try phone.run("check", "--deep").expect(0)
  }

  @Test func `Evicting waits for one who keeps the text, and a session brings it at once`() throws {
    let world = try World()
    let desk = try world.laptopWithSamples("desk")
    let phone = try world.joined("phone", to: desk)
    let server = try desk.serve("--json")
    defer { server.process.end() }
    try phone.run("sync", server.address).expect(0)
    let ids = try phone.articleIDs()
    let plan = try phone.run("evict", ids[0], "-n").expect(0)
    #expect(plan.output.contains("Would evict 1 article"), "\(plan)")
    let waiting = try phone.run("evict", ids[0]).expect(0)
    #expect(waiting.output.contains("1 text is not kept and still here"), "\(waiting)")
    try phone.run("sync", server.address).expect(0)
    #expect(try phone.json("show", ids[0])["text"] is NSNull)
    let again = try phone.json("evict", ids[0])
    #expect(again["changed"] as? [String] == [] && again["unchanged"] as? Int == 1)
    let query = try phone.json("evict", "--query", "is:starred OR -is:starred")
    let keeping = try #require(query["keeping"] as? [String: Any])
    #expect(keeping["waiting"] as? Int == 0, "\(query)")
    #expect(try #require(keeping["dropped"] as? Int) > 0)
    try phone.run("fetch", ids[0]).expect(0)
    try phone.run("sync", server.address).expect(0)
    #expect(try #require(try phone.json("show", ids[0])["text"] as? String).isEmpty == false)
    try phone.run("check", "--deep").expect(0)
    try phone.run("evict").expect(64)
    try phone.run("keep", "all", "--max", "5M").expect(64)
    try phone.run("keep", "harbor").expect(64)
    try phone.run("keep", "since:foo").expect(64)
    try phone.run("keep", "@none").expect(4)
  }

  @Test func `A phone stays within its limit through many syncs`() throws {
    guard let corpus = Repository.corpus else { return }
    let world = try World()
    let desk = world.laptop("desk")
    try desk.run("init", "--name", "desk").expect(0)
    let pages = try world.makeFolder("pages")
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "-xJf", corpus.path, "-C", pages]
    try tar.run()
    tar.waitUntilExit()
    let files = try FileManager.default.subpathsOfDirectory(atPath: pages)
      .filter { $0.hasSuffix(".md") }.sorted()
    // A third of them are far more than the phone has room for.
    for (number, file) in files.enumerated() where !Effort.isLong && number % 3 > 0 {
      try FileManager.default.removeItem(atPath: "\(pages)/\(file)")
    }
    let rounds = Effort.isLong ? 25 : 5
    try desk.run("import", pages, "-q").expect(0)
    let phone = try world.joined("phone", to: desk)
    try phone.run("keep", "--max", "1MB").expect(0)
    let share = try world.makeFolder("share")
    for round in 0..<rounds {
      let ids = try desk.articleIDs()
      try desk.run("rm", ids[round * 7]).expect(0)
      try desk.run("mark", "read", ids[round * 11 + 1]).expect(0)
      let page = try String(contentsOfFile: "\(pages)/\(files[3 * round])", encoding: .utf8)
      try world.write(Data("# \(round)\n\n\(page)\n\(round)".utf8), to: "new-\(round).md")
      try desk.run("add", world.path("new-\(round).md")).expect(0)
      for laptop in [desk, phone] { try laptop.run("sync", share).expect(0) }
      let keeping = try phone.json("keep")
      let bytes = try #require(keeping["bytes"] as? Int)
      #expect(bytes <= 1 << 20, "round \(round): \(keeping)")
      #expect(bytes > 1 << 19, "round \(round): \(keeping)")
    }
    // The newest are the ones that are here.
    let here = try #require(try phone.json("list", "--limit", "20")["articles"] as? [[String: Any]])
    for article in here {
      let body = try #require(article["body"] as? [String: Any])
      #expect(body["present"] as? Bool == true, "\(article)")
    }
    #expect(try phone.json("list", "--all")["articles"] as? [[String: Any]] != nil)
    #expect(try phone.articleIDs().count == desk.articleIDs().count)
    try phone.run("check", "--deep").expect(0)
  }
}
