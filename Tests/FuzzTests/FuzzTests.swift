import Foundation
import FuzzTargets
import TestSupport
import Testing

/// Readers of what comes from outside, held to damaged samples here, and for hours by `fuzz.sh`.
struct FuzzTests {
  @Test(arguments: FuzzTarget.all)
  func `some sample is taken, and none is a finding`(target: FuzzTarget) throws {
    let taken = try target.samples.filter(target.takes)
    #expect(!taken.isEmpty, "\(target.name)")
  }

  @Test(arguments: FuzzTarget.all)
  func `damaged samples are refused, or mean what they are read as`(target: FuzzTarget) throws {
    let mutation = Mutation(fragments: target.fragments)
    for (place, sample) in target.samples.enumerated() {
      for number in 0..<Mutation.count {
        var generator = SeededGenerator(seed: UInt64(place) << 32 | UInt64(number))
        var bytes = sample
        mutation.damage(&bytes, using: &generator)
        do {
          _ = try target.takes(bytes)
        } catch {
          // Put it into Found/TARGET once it is mended.
          let kept = FileManager.default.temporaryDirectory
            .appending(path: "satchel-found-\(UUID().uuidString)")
          try Data(bytes).write(to: kept)
          Issue.record(
            "\(target.name), sample \(place), number \(number): \(error), in \(kept.path)")
          break
        }
      }
    }
  }

  /// What a longer run found once, in `Found/TARGET/`.
  @Test func `what was found once is right for good`() throws {
    let found = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Found")
    for target in FuzzTarget.all {
      let folder = found.appending(path: target.name)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for name in names {
        let bytes = try [UInt8](Data(contentsOf: folder.appending(path: name)))
        #expect(throws: Never.self, "\(target.name)/\(name)") { try target.takes(bytes) }
      }
    }
  }
}
