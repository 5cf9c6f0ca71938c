import Foundation
import LibraryStore
import Replication
import Testing

@testable import Transports

/// A bundle appears whole or not at all, and never in another's place.
struct OutputFileTests {
  @Test func `an existing file is never overwritten, and no temporary one stays`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try fixture.write([1, 2, 3], to: "a.satchel")
    await #expect {
      try await fixture.pack(sender, "a.satchel")
    } throws: {
      if case BundleError.file(_, EEXIST, _) = $0 { true } else { false }
    }
    #expect(try fixture.read("a.satchel") == [1, 2, 3])
    #expect(try fixture.files() == ["a.satchel"])
  }

  @Test func `a file that was not committed leaves nothing`() throws {
    let fixture = try BundleFixture()
    do {
      let output = try OutputFile(fixture.path("a.satchel"))
      try output.write([1, 2, 3])
      #expect(try fixture.files().count == 1)
    }
    #expect(try fixture.files() == [])
  }

  @Test func `a file is not seen under its name until it is committed`() throws {
    let fixture = try BundleFixture()
    let output = try OutputFile(fixture.path("a.satchel"))
    try output.write([1, 2, 3])
    #expect(!FileManager.default.fileExists(atPath: fixture.path("a.satchel")))
    try output.commit()
    #expect(try fixture.read("a.satchel") == [1, 2, 3])
    #expect(try fixture.files() == ["a.satchel"])
  }

  @Test func `a folder that is not there is told with the system's reason`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    await #expect {
      try await fixture.pack(sender, "none/a.satchel")
    } throws: {
      if case BundleError.file(_, ENOENT, _) = $0 { true } else { false }
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
