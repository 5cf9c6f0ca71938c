import Foundation
import Testing

/// The folders of `LibraryStore` stand above one another, and what is in one names nothing of the
/// same floor or a higher one.
struct RoomTests {
  /// From the ground up.
  private static let floors = [
    ["Database"], ["Interning", "Evidence"], ["Transaction"], ["Tallies", "Keeping"],
    // The tables, which know nothing of one another.
    ["Log", "Registers", "Bodies", "Knowledge", "Identity"],
    ["Projections", "Actions", "Sources", "Places"], ["Schema"], ["Commit"], ["Store"], ["Queries"],
    ["Deltas"], ["Exchange"], ["Search"], ["Listing"], ["Choosing"], ["Merging", "Status"],
  ]

  @Test func `no folder names a type of its own floor or of a higher one`() throws {
    var floorOf: [String: Int] = [:]
    for (floor, rooms) in RoomTests.floors.enumerated() {
      for room in rooms { floorOf[room] = floor }
    }
    let files = try RoomTests.files()
    #expect(Set(files.map(\.room)) == Set(floorOf.keys), "every folder has a floor")
    var roomOf: [String: String] = [:]
    for file in files { for type in file.types { roomOf[type] = file.room } }
    #expect(roomOf.count > 60)
    for file in files {
      for word in file.words {
        guard let room = roomOf[word], room != file.room else { continue }
        #expect(
          floorOf[room] ?? 0 < floorOf[file.room] ?? 0,
          "\(file.name) in \(file.room) names \(word), which is in \(room)")
      }
    }
  }

  @Test func `how registers are packed is known to their folder alone`() throws {
    let files = try RoomTests.files()
    let known: Set = [
      "RegisterTable", "RegisterScan", "RegisterKey", "ReplacedTable", "MergeOutcome",
    ]
    let hidden = Set(files.filter { $0.room == "Registers" }.flatMap(\.types)).subtracting(known)
    #expect(hidden.count > 8)
    for file in files where file.room != "Registers" {
      #expect(file.words.isDisjoint(with: hidden), "\(file.name)")
    }
  }

  private struct Source {
    let room: String
    let name: String
    /// The types that others can see.
    let types: [String]
    let words: Set<String>
  }

  private static func files() throws -> [Source] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/LibraryStore").standardizedFileURL
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try paths.filter { $0.hasSuffix(".swift") }.map { path in
      let file = folder.appending(path: path)
      let text = try String(contentsOf: file, encoding: .utf8).replacing(/\/\/.*/, with: "")
      let declaration = /(?:^|\n)(?:public |final )*(?:struct|class|enum|actor|protocol) (\w+)/
      return Source(
        room: file.deletingLastPathComponent().lastPathComponent, name: file.lastPathComponent,
        types: text.matches(of: declaration).map { String($0.1) },
        words: Set(text.matches(of: /\b[A-Z]\w+/).map { String($0.0) }))
    }
  }
}
