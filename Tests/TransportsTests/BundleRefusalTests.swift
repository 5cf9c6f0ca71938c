import Coding
import Files
import Foundation
import LibraryStore
import Replication
import Sealing
import Testing

@testable import Transports

/// What is no bundle of this library is refused with the reason, and nothing is applied.
struct BundleRefusalTests {
  @Test func `a bundle of another library is refused`() async throws {
    let (ours, theirs) = (try BundleFixture(seed: 1), try BundleFixture(seed: 2))
    let sender = try await theirs.filled(1)
    try await theirs.pack(sender, "open.satchel")
    try await theirs.pack(sender, "sealed.satchel", isOpen: false)
    let receiver = try ours.replica(2)
    for isSalvaging in [false, true] {
      await #expect {
        try await ours.merge(theirs.path("open.satchel"), into: receiver, salvage: isSalvaging)
      } throws: {
        if case BundleError.foreignLibrary(theirs.secret.libraryKey.bytes) = $0 {
          true
        } else {
          false
        }
      }
      await #expect {
        try await ours.merge(theirs.path("sealed.satchel"), into: receiver, salvage: isSalvaging)
      } throws: {
        if case BundleError.notForThisLibrary = $0 { true } else { false }
      }
    }
    #expect(try await receiver.report().knowledge.isEmpty)
  }

  @Test func `a sealed bundle needs a secret`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try await fixture.pack(sender, "a.satchel", isOpen: false)
    #expect {
      _ = try BundleReader(fixture.path("a.satchel"), secret: nil)
    } throws: {
      if case BundleError.sealedWithoutSecret = $0 { true } else { false }
    }
  }

  @Test func `a signature by another key is refused, with salvage too`() async throws {
    let (ours, theirs) = (try BundleFixture(seed: 1), try BundleFixture(seed: 2))
    let sender = try await ours.filled(1)
    // More than one batch: nothing is applied before the signature has been read.
    for number in UInt8(1)...3 {
      try await ours.add(
        ours.article(1, 100 + Int(number)), body: [UInt8](repeating: number, count: 3 << 20),
        to: sender)
    }
    var packing = BundlePacking(secret: theirs.secret, senderName: "forger")
    packing.isOpen = true
    let forged = try await packing.pack(
      sender, to: ours.path("forged.satchel"), since: Knowledge(), wanted: [],
      now: BundleFixture.now)
    let receiver = try ours.replica(2)
    for isSalvaging in [false, true] {
      await #expect {
        try await ours.merge(forged.paths[0], into: receiver, salvage: isSalvaging)
      } throws: {
        if case BundleError.signatureRefused = $0 { true } else { false }
      }
    }
    #expect(try await receiver.report().knowledge.isEmpty)
  }

  @Test func `a bundle for newer readers is refused by its version`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try await fixture.pack(sender, "a.satchel")
    var bytes = try fixture.read("a.satchel")
    bytes[11] = 2
    let path = try fixture.write(bytes, to: "newer.satchel")
    #expect {
      _ = try BundleReader(path, secret: fixture.secret)
    } throws: {
      if case BundleError.newerVersion(2) = $0 { true } else { false }
    }
  }

  @Test func `what does not begin like a bundle is none`() throws {
    let fixture = try BundleFixture()
    for bytes in [[], Array("SQLite format 3\0".utf8), Array("PK".utf8), [0x89], [0, 0, 0, 0]] {
      let path = try fixture.write(bytes, to: "other")
      #expect {
        _ = try BundleReader(path, secret: fixture.secret)
      } throws: {
        if case BundleError.notABundle = $0 { true } else { false }
      }
    }
  }

  @Test func `a file that is not there, or a folder, is told with the system's reason`() throws {
    let fixture = try BundleFixture()
    for (path, problem) in [
      (fixture.path("none"), FileError.Problem.system(ENOENT)),
      (fixture.path(""), .notAFile(.folder)),
    ] {
      #expect {
        _ = try BundleReader(path, secret: fixture.secret)
      } throws: {
        if case BundleError.file(let error) = $0 { error.problem == problem } else { false }
      }
    }
  }

  @Test func `bytes after the trailer are refused`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try await fixture.pack(sender, "a.satchel")
    let path = try fixture.write(try fixture.read("a.satchel") + [0], to: "longer.satchel")
    #expect {
      _ = try BundleMerging(sender, secret: fixture.secret).verify(path)
    } throws: {
      if case BundleError.malformed = $0 { true } else { false }
    }
  }
}
