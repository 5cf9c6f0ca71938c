import Coding
import Files
import Foundation
import LibraryStore
import Replication
import Sealing
import TestSupport
import Testing
import Transports

/// `Protocol/vectors/sealed.json`: whole sealed bundles.
struct SealedVectorTests {
  private struct Vector: Decodable {
    let name: String
    let hex: String
    let value: BundleVector.Value?
    let refused: String?

    func write(in folder: URL) throws -> String {
      let file = folder.appending(path: "\(UUID().uuidString).satchel")
      try Data(Hexadecimal.bytes(of: hex) ?? []).write(to: file)
      return file.path
    }
  }

  @Test func `sealed bundles are opened and merged, or refused with the word of 3-12`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let sample = try await SampleLibrary(in: folder)
      let vectors: [Vector] = try VectorFile.cases(in: "sealed")
      #expect(vectors.count >= 20)
      for vector in vectors {
        let path = FilePath(try vector.write(in: folder))
        guard let value = vector.value else {
          let error = #expect(throws: BundleError.self, "\(vector.name)") {
            try BundleMerging(sample.store, secret: sample.secret).verify(path)
          }
          #expect(error?.word == vector.refused, "\(vector.name): \(String(describing: error))")
          continue
        }
        let empty = try sample.emptyReplica(in: folder.appending(path: vector.name))
        let result = try await BundleMerging(empty, secret: sample.secret)
          .merge(path, now: SampleLibrary.start)
        #expect(result.operations.new == value.operations, "\(vector.name)")
        let report = try await empty.report()
        #expect(report.fingerprint.description == value.fingerprint, "\(vector.name)")
      }
    }
  }

  @Test(.enabled(if: Age.isPresent && Python.isPresent, "age or python3 is not installed"))
  func `age opens what is accepted, and Python reads it`() async throws {
    try await withTemporaryFolder { folder in
      let sample = try await SampleLibrary(in: folder)
      let key = folder.appending(path: "identity.txt")
      try Data("\(sample.secret.ageIdentity.text)\n".utf8).write(to: key)
      let vectors: [Vector] = try VectorFile.cases(in: "sealed").filter { $0.value != nil }
      #expect(vectors.count >= 2)
      for vector in vectors {
        let opened = folder.appending(path: "opened.satchel").path
        #expect(try Age.run(["-d", "-i", key.path, "-o", opened, vector.write(in: folder)]) == 0)
        #expect(
          try Data(contentsOf: URL(filePath: opened)) == Data(contentsOf: Repository.sample),
          "\(vector.name)")
        let answer = try Inspector.run([opened], in: folder)
        #expect(answer.code == 0, "\(answer.errors)")
      }
    }
  }
}

/// The `age` program.
private enum Age {
  static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/age" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static var isPresent: Bool { path != nil }

  static func run(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: path ?? "")
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
