import Articles
import Files
import Foundation
import Satchel
import TestSupport
import Testing

/// What an import of changes brings is what an import of everything brings, and pruning leaves what
/// the sources have and what somebody marked (Protocol 5.13).
struct SourceLaws {
  /// A folder of pages that changes, as a mirror does, and its repository.
  private struct Mirror {
    let house: Household
    var generator: SeededGenerator
    /// By path: the number of the original, if it has one, and the text.
    var pages: [String: (number: Int?, text: String)] = [:]
    var path: FilePath { FilePath(house.url("mirror").path) }

    init(seed: UInt64) throws {
      house = try Household()
      generator = SeededGenerator(seed: seed)
      try house.write("", to: "mirror/.keep")
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }

    /// Adds, changes, moves, copies and removes pages, of which one always stays.
    mutating func change() throws {
      for _ in 0...number(0...5) {
        let place = "\(["a", "b", "b/c"][number(0...2)])/\(number(1...9)).md"
        let other = pages.keys.sorted().randomElement(using: &generator)
        switch number(0...6) {
        case 0...2:
          let number = number(0...8)
          pages[place] = (number == 0 ? nil : number, "Text \(self.number(1...400)).")
        case 3:
          let text = "Changed \(number(1...400))."
          if let other { pages[other]?.text = text }
        case 4: if let other, pages.count > 1 { pages[other] = nil }
        case 5: if let other { (pages[place], pages[other]) = (pages[other], pages[place]) }
        default: if let other { pages[place] = pages[other] }
        }
      }
      pages["keep.md"] = (99, "Kept.")
      try FileManager.default.removeItem(at: house.url("mirror").appending(path: "pages"))
    }

    mutating func write() throws {
      let folder = house.url("mirror").appending(path: "pages")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try change()
      for (place, page) in pages {
        let head = page.number.map { "---\ntitle: \($0)\nurl: https://e.example/\($0)\n---\n\n" }
        try house.write("\(head ?? "")\(page.text)\n", to: "mirror/pages/\(place)")
      }
    }

    func git(_ arguments: String...) throws {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments =
        ["git", "-C", path.string, "-c", "user.name=m", "-c", "user.email=m@example.org"]
        + arguments
      process.environment = ["PATH": "/usr/bin:/bin", "HOME": house.url("nobody").path]
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0, "\(arguments)")
    }

    mutating func commit() throws {
      try write()
      try git("add", "-A")
      try git("commit", "-q", "--allow-empty", "-m", "more")
      // Histories are written anew, too.
      if number(0...3) == 0 {
        try git("commit", "-q", "--allow-empty", "--amend", "-m", "anew")
      }
    }
  }

  /// What a library shows of its articles.
  private func shown(_ library: Library) async throws -> [ArticleID: String] {
    var shown: [ArticleID: String] = [:]
    for row in try await library.articles(.all) {
      let text = try await library.plainText(of: row)
      shown[row.id] = "\(row.article.title) \(row.article.url ?? "") \(text ?? "missing")"
    }
    return shown
  }

  private func pruning(_ mirror: Mirror) -> ImportOptions {
    var options = ImportOptions()
    options.pruning = { _ in true }
    return options
  }

  @Test(arguments: Effort.seeds(4, 10))
  func `Commits imported one by one and pruned are the last one imported alone`(seed: UInt64)
    async throws
  {
    var mirror = try Mirror(seed: seed)
    try mirror.git("init", "-q")
    let library = try await mirror.house.create("study")
    for step in 0..<6 {
      try mirror.commit()
      let summary = try await library.importPages(
        from: [.git(mirror.path)], options: pruning(mirror)
      ).result()
      #expect(summary.skipped.isEmpty, "seed \(seed), step \(step)")
      let alone = try await mirror.house.create("alone-\(step)")
      _ = try await alone.importPages(from: [.git(mirror.path)]).result()
      let (now, whole) = (try await shown(library), try await shown(alone))
      #expect(now == whole, "seed \(seed), step \(step)")
    }
  }

  @Test(arguments: Effort.seeds(4, 10))
  func `Pruning leaves what a source has and what is marked, and only that`(seed: UInt64)
    async throws
  {
    var mirror = try Mirror(seed: seed)
    let library = try await mirror.house.create("study")
    var marked: Set<ArticleID> = []
    for step in 0..<8 {
      try mirror.write()
      let summary = try await library.importPages([mirror.path], options: pruning(mirror)).result()
      let alone = try await mirror.house.create("alone-\(step)")
      _ = try await alone.importPages([mirror.path]).result()
      let there = Set(try await alone.articleIDs(.all))
      let here = Set(try await library.articleIDs(ArticleQuery(includingArchived: true)))
      #expect(here == there.union(marked), "seed \(seed), step \(step)")
      #expect(
        Set(summary.gone.filter(\.isMarked).map(\.article)) == marked.subtracting(there),
        "seed \(seed), step \(step)")
      for id in here.sorted() where mirror.number(0...5) == 0 {
        switch mirror.number(0...4) {
        case 0: _ = try await library.mark([id], .read)
        case 1: _ = try await library.mark([id], .archived)
        case 2: _ = try await library.setNote(id, "mine")
        case 3: _ = try await library.tag([id], ["mine"])
        default: _ = try await library.setTitle(id, "Mine")
        }
        marked.insert(id)
      }
    }
  }
}
