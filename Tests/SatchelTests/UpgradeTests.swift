import Coding
import Foundation
import LibraryStore
import Satchel
import TestSupport
import Testing

/// What earlier versions left on a disk opens, merges and synchronizes here, and says what it said:
/// `Tests/Fixtures` has a folder for each of them, and `Tests/Fixtures/make.sh` made it.
struct UpgradeTests {
  private static let fixtures = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  static let versions: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)
    return (names ?? []).filter { $0.first?.isNumber == true }.sorted()
  }()

  /// One version's disk, unpacked, and what its library held.
  private struct Disk {
    let house: Household
    let fold: Fold

    init(_ version: String) throws {
      house = try Household()
      let folder = UpgradeTests.fixtures.appending(path: version)
      fold = try JSONDecoder().decode(
        Fold.self, from: Data(contentsOf: folder.appending(path: "fold.json")))
      let tar = try Process.run(
        URL(filePath: "/usr/bin/env"),
        arguments: [
          "tar", "-C", house.folder.url.path, "-xzf", folder.appending(path: "disk.tar.gz").path,
        ])
      tar.waitUntilExit()
      try #require(tar.terminationStatus == 0)
    }

    func path(_ name: String) -> FilePath { FilePath(house.url(name).path) }

    /// The library as the machine has it that wrote it, which is this one for as long.
    func library() async throws -> Library {
      let machine = IdentityGuard.machineIdentifier()
      let hash = ContentHash(of: Array(machine.utf8)).description.prefix(16)
      let evidence = try String(contentsOf: house.url("evidence"), encoding: .utf8)
      try house.write(
        evidence.replacing("machine @\n", with: "machine \(machine)\n"),
        to: "state-library/\(fold.library.prefix(32))-\(hash).evidence")
      return try await Library.open(at: path("library"), options: house.options("library"))
    }
  }

  @Test func `there is a disk of each version`() {
    #expect(UpgradeTests.versions.contains("1"))
  }

  @Test(arguments: versions)
  func `a library opens, says what it said, and is written on`(version: String) async throws {
    let disk = try Disk(version)
    let library = try await disk.library()
    #expect(try await Fold(library) == disk.fold)
    #expect(try await library.check(deep: true).result().damage == [])
    let id = try await library.replicaID()
    let rows = try await library.articles(.all)
    #expect(rows.count == disk.fold.articles.count { !$0.deleted })
    for row in rows where row.article.body != nil {
      #expect(try await library.plainText(of: row)?.isEmpty == false)
      #expect(try await library.highlights(of: row).allSatisfy { $0.place.range != nil })
    }
    let unread = rows.filter { !$0.article.isRead }.map(\.id)
    #expect(try await library.mark(unread, .read).changed.count == unread.count)
    _ = try await library.undo()
    #expect(try await library.articles(.all).count { $0.article.isRead } == 0)
    // The machine's evidence was understood.
    #expect(try await library.replicaID() == id)
    let conflicts = try await library.conflicts()
    #expect(conflicts.count == disk.fold.conflicts.count && conflicts.count > 0)
    for _ in 0..<conflicts.count {
      let conflict = try #require(try await library.conflicts().conflict(at: 0))
      try await library.settle(conflict, with: .other)
    }
    #expect(try await library.conflicts().count == 0)
    #expect(try await library.check(deep: true).result().damage == [])
  }

  @Test(arguments: versions, ["sealed.satchel", "open.satchel"])
  func `a bundle is merged`(version: String, name: String) async throws {
    let disk = try Disk(version)
    let library = try await disk.library()
    let newcomer = try await disk.house.join(library, as: "newcomer")
    let merged = try await newcomer.merge([disk.path(name)]).result()
    #expect(merged.missing.isEmpty && merged.diverged.isEmpty)
    try await expect(newcomer, toHold: disk.fold)
    try await disk.house.carry("back.satchel", from: newcomer, to: library)
    #expect(try await library.status().fingerprint == newcomer.status().fingerprint)
  }

  @Test(arguments: versions)
  func `a shared folder is synchronized with`(version: String) async throws {
    let disk = try Disk(version)
    let library = try await disk.library()
    let newcomer = try await disk.house.join(library, as: "newcomer")
    let place = SyncTarget.folder(disk.path("exchange"))
    let summary = try await newcomer.sync(with: place).result()
    #expect(summary.merged.skipped.isEmpty && summary.damagedFiles.isEmpty)
    try await expect(newcomer, toHold: disk.fold)
    _ = try await library.sync(with: place).result()
    #expect(try await library.status().fingerprint == newcomer.status().fingerprint)
  }

  /// What was there, all texts, and the newcomer's own name.
  private func expect(_ newcomer: Library, toHold fold: Fold) async throws {
    let held = try await Fold(newcomer)
    let own = try await newcomer.replicaID().description
    #expect(held.known.filter { !$0.hasPrefix(own) } == fold.known)
    #expect(held.winners.filter { !$0.hasPrefix(own) } == fold.winners)
    #expect(held.conflicts == fold.conflicts)
    #expect(held.articles == fold.articles)
    #expect(held.highlights == fold.highlights)
    #expect(held.replicas.filter { $0.replica != own } == fold.replicas)
    #expect(held.views == fold.views)
    #expect(try await newcomer.status().missingBodies == 0)
    #expect(try await newcomer.check(deep: true).result().damage == [])
  }
}
