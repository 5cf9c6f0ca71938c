import Coding
import Files
import LibraryStore
import Replication
import Testing
import Transports

/// `Protocol/vectors/bundles.json`, read by Swift.
struct BundleVectorTests {
  @Test func `bundles that keep to the specification are accepted`() async throws {
    try await withTemporaryFolder { folder in
      let sample = try await SampleLibrary(in: folder)
      let merging = BundleMerging(sample.store, secret: sample.secret)
      let vectors = try BundleVector.all()
      #expect(vectors.contains { $0.value != nil })
      for vector in vectors {
        guard let value = vector.value else { continue }
        let path = FilePath(try vector.write(in: folder))
        let header = try merging.verify(path)
        let content = try BundleContent(path.string)
        #expect(header.sender.replica.description == value.sender, "\(vector.name)")
        #expect(header.senderName == value.name, "\(vector.name)")
        #expect(header.sender.fingerprint.description == value.fingerprint, "\(vector.name)")
        #expect(content.operations.count == value.operations, "\(vector.name)")
        #expect(content.frames.count == value.frames, "\(vector.name)")
        #expect(content.bodies.map(\.description) == value.bodies, "\(vector.name)")
      }
    }
  }

  @Test func `bundles that do not are refused with the word of 3-12`() async throws {
    try await withTemporaryFolder { folder in
      let sample = try await SampleLibrary(in: folder)
      let merging = BundleMerging(sample.store, secret: sample.secret)
      for vector in try BundleVector.all() where vector.found == nil {
        guard let word = vector.refused else { continue }
        let path = FilePath(try vector.write(in: folder))
        let error = #expect(throws: BundleError.self, "\(vector.name)") {
          try merging.verify(path)
        }
        #expect(error?.word == word, "\(vector.name): \(String(describing: error))")
      }
    }
  }

  @Test func `what is found only while applying leaves nothing concluded`() async throws {
    try await withTemporaryFolder { folder in
      let sample = try await SampleLibrary(in: folder)
      for vector in try BundleVector.all() where vector.found == "applying" {
        let path = FilePath(try vector.write(in: folder))
        let empty = try sample.emptyReplica(in: folder.appending(path: vector.name))
        let merging = BundleMerging(empty, secret: sample.secret)
        _ = try merging.verify(path)
        await #expect(throws: (any Error).self, "\(vector.name)") {
          try await merging.merge(path, now: SampleLibrary.start)
        }
        #expect(try await empty.report(of: SampleLibrary.replica) == nil, "\(vector.name)")
        let known = try await empty.report().knowledge[SampleLibrary.replica]
        #expect(!known.contains(8), "\(vector.name)")
      }
    }
  }
}
