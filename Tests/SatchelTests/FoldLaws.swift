import Foundation
import Satchel
import TestSupport
import Testing

/// Libraries that wrote in every manner and exchanged bundles in any order are what a program makes of
/// their bundles that was written from the specification alone.
@Suite(.enabled(if: Python.isPresent, "python3 is not installed"))
struct FoldLaws {
  private static let parts = 0..<UInt64(4)
  /// A thousand in all where there is time for it.
  private static let historiesPerPart: UInt64 = Effort.isLong ? 250 : 3

  @Test(arguments: parts)
  func `a library is what Python makes of its bundles`(part: UInt64) async throws {
    let folder = try TemporaryFolder()
    var expected: [(seed: UInt64, set: FoldHistory.BundleSet)] = []
    for seed in part * FoldLaws.historiesPerPart..<(part + 1) * FoldLaws.historiesPerPart {
      var history = try await FoldHistory(
        seed: seed, in: folder.url.appending(path: "seed-\(seed)"))
      for _ in 0..<24 { try await history.step() }
      expected += try await history.finish().map { (seed, $0) }
    }
    // Else their agreement would say little.
    let folds = expected.map(\.set.fold)
    #expect(folds.contains { !$0.conflicts.isEmpty } && folds.contains { !$0.highlights.isEmpty })
    #expect(folds.contains { !$0.views.isEmpty })
    let answer = try Python.run(
      [FoldLaws.script] + expected.map(\.set.folder.path), in: folder.url)
    try #require(answer.code == 0, "\(answer.errors)")
    let lines = answer.output.split(separator: "\n")
    try #require(lines.count == expected.count)
    for (line, (seed, set)) in zip(lines, expected) {
      let found = try JSONDecoder().decode(Fold.self, from: Data(line.utf8)).listed(as: set.fold)
      guard found != set.fold else { continue }
      // Ids of replicas are random, and decide where stamps are equal: the bundles tell.
      let comment: Comment = "seed \(seed): python3 \(FoldLaws.script) \(try keep(set.folder))"
      #expect(found.library == set.fold.library, comment)
      #expect(found.known == set.fold.known, comment)
      #expect(found.winners == set.fold.winners, comment)
      #expect(found.fingerprint == set.fold.fingerprint, comment)
      #expect(found.conflicts == set.fold.conflicts, comment)
      #expect(found.articles == set.fold.articles, comment)
      #expect(found.highlights == set.fold.highlights, comment)
      #expect(found.replicas == set.fold.replicas, comment)
      #expect(found.views == set.fold.views, comment)
    }
  }

  /// Bundles of a history that failed stay there.
  private func keep(_ folder: URL) throws -> String {
    let place = FileManager.default.temporaryDirectory
      .appending(path: "satchel-fold-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: folder, to: place)
    return place.path
  }

  private static let script = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Examples/fold-bundles.py").path
}
