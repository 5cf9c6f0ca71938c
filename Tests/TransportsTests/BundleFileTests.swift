import Foundation
import LibraryStore
import Replication
import Testing

@testable import Transports

/// A bundle appears whole or not at all, and never in another's place.
struct BundleFileTests {
  @Test func `an existing file is never overwritten, and no temporary one stays`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try fixture.write([1, 2, 3], to: "a.satchel")
    await #expect {
      try await fixture.pack(sender, "a.satchel")
    } throws: {
      if case BundleError.file(let error) = $0 { error.problem == .taken } else { false }
    }
    #expect(try fixture.read("a.satchel") == [1, 2, 3])
    #expect(try fixture.files() == ["a.satchel"])
  }

  @Test func `a folder that is not there is told with the system's reason`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    await #expect {
      try await fixture.pack(sender, "none/a.satchel")
    } throws: {
      if case BundleError.file(let error) = $0 { error.code == ENOENT } else { false }
    }
  }
}

extension BundleFixture {
  /// The names of the bundles and temporary files in the folder.
  func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
      .filter { !$0.hasPrefix("replica-") && $0 != "state" }.sorted()
  }
}
