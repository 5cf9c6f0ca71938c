import Coding
import Files
import Foundation
import LibraryStore
import Replication
import Testing
import Transports

/// `Examples/open-bundle/sample.satchel`, the bundle of `Protocol/worked-bundle.md`.
struct SampleBundleTests {
  @Test func `the sample made again has the same payloads`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "again.satchel").path
      _ = try await SampleLibrary(in: folder).pack(to: path)
      let (again, sample) = (try BundleContent(path), try BundleContent(Repository.sample.path))
      #expect(again.header == sample.header)
      // Deflated bytes differ between versions of zlib.
      #expect(try again.frames.map { try $0.payload() } == sample.frames.map { try $0.payload() })
      #expect(sample.isSigned == true)
    }
  }

  @Test func `the sample merges into an empty replica`() async throws {
    try await withTemporaryFolder { folder in
      let sample = try await SampleLibrary(in: folder)
      let empty = try sample.emptyReplica(in: folder.appending(path: "empty"))
      let result = try await BundleMerging(empty, secret: sample.secret)
        .merge(FilePath(Repository.sample.path), now: SampleLibrary.start)
      #expect(result.operations.new == 9)
      #expect(result.bodyCount == 1)
      #expect(result.missing.isEmpty)
      let (ours, theirs) = (try await empty.report(), try await sample.store.report())
      #expect(ours.knowledge == theirs.knowledge)
      #expect(ours.fingerprint == theirs.fingerprint)
      #expect(try BundleContent(Repository.sample.path).fingerprint == theirs.fingerprint)
    }
  }

  @Test func `the worked bundle shows the sample, byte for byte`() throws {
    let sample = try Array(Data(contentsOf: Repository.sample))
    let shown = try WorkedBundle.rows(of: Repository.text("Protocol/worked-bundle.md"))
    var offset = 0
    for row in shown {
      #expect(row.offset == offset, "the row at \(row.offset)")
      offset += row.bytes.count
    }
    #expect(shown.flatMap(\.bytes) == sample)
    #expect(try BundleVector.all().first?.bytes == sample)
  }
}

/// The tables of `worked-bundle.md` that show the file: `| offset | hex | meaning |`.
enum WorkedBundle {
  struct Row {
    let offset: Int
    let bytes: [UInt8]
  }

  /// Rows of inflated payloads have offsets that begin with `+`, and are left out.
  static func rows(of text: String) -> [Row] {
    text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("|"), cells.count >= 2, cells[0].allSatisfy(\.isNumber),
        let offset = Int(cells[0])
      else { return nil }
      let digits = cells[1].filter { $0 != " " && $0 != "`" }
      return Hexadecimal.bytes(of: digits).map { Row(offset: offset, bytes: $0) }
    }
  }
}
