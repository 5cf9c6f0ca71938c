import Foundation
import Replication
import TestSupport
import Testing

/// The reader that was written from the specification alone agrees with this one.
@Suite(.enabled(if: Python.isPresent, "python3 is not installed"))
struct InspectorTests {
  @Test func `the sample reads the same in Python`() async throws {
    try await withTemporaryFolder { folder in
      try compare(Repository.sample.path, in: folder)
    }
  }

  @Test func `a bundle of two replicas with conflicts reads the same in Python`() async throws {
    try await withTemporaryFolder { folder in
      let pair = try await ReplicaPair(in: folder, seed: 7)
      let path = folder.appending(path: "all.satchel").path
      _ = try await pair.pack(to: path)
      try compare(path, in: folder)
      #expect(try await pair.first.conflictCount() > 0)
    }
  }

  @Test func `every vector of a kind it knows comes out right`() async throws {
    try await withTemporaryFolder { folder in
      let answer = try Inspector.run(["--vectors", Repository.vectors.path], in: folder)
      #expect(answer.code == 0, "\(answer.errors)")
      #expect(answer.output.contains(" passed, 0 failed"))
      #expect(!answer.output.hasPrefix("0 "))
    }
  }

  @Test func `what is refused is refused with one line and the code of 3-12`() async throws {
    let codes = ["version": 14, "signature": 12, "foreign": 12] as [String: Int32]
    try await withTemporaryFolder { folder in
      var tried: Set<String> = []
      for vector in try BundleVector.all() {
        guard let word = vector.refused, word != "foreign", tried.insert(word).inserted else {
          continue
        }
        let answer = try Inspector.run([vector.write(in: folder)], in: folder)
        #expect(answer.code == codes[word] ?? 13, "\(vector.name)")
        #expect(answer.output.isEmpty)
        #expect(answer.errors.split(separator: "\n").count == 1, "\(answer.errors)")
      }
      #expect(tried.count >= 6)
    }
  }

  private func compare(_ path: String, in folder: URL) throws {
    let answer = try Inspector.run(["--json", path], in: folder)
    #expect(answer.code == 0, "\(answer.errors)")
    let theirs = try JSONDecoder().decode(Inspector.Bundle.self, from: Data(answer.output.utf8))
    let ours = try BundleContent(path)
    #expect(theirs.header.sender == ours.header.sender.replica.description)
    #expect(theirs.header.name == ours.header.senderName)
    #expect(
      theirs.frames.map(\.kind).dropFirst().dropLast()
        == ours.frames.map { Int($0.kind.number) }[...])
    #expect(theirs.operations == ours.operations.map(Inspector.Bundle.Operation.init))
    #expect(Set(theirs.bodies.map(\.hash)) == Set(ours.bodies.map(\.description)))
    #expect(!theirs.bodies.contains { !$0.whole })
    #expect(theirs.header.fingerprint == ours.header.sender.fingerprint.description)
    #expect(theirs.fingerprint == theirs.header.fingerprint)
    #expect(ours.fingerprint == ours.header.sender.fingerprint)
  }
}

extension Inspector.Bundle.Operation {
  fileprivate init(_ operation: Replication.Operation) {
    replica = operation.dot.replica.description
    sequence = operation.dot.sequence
    stamp = "\(operation.stamp.rawValue)"
    kind = operation.register.entity.kind.number
    entity = Hexadecimal.text(of: operation.register.entity.key.bytes)
    field = operation.register.field.name
    canonical = Hexadecimal.text(of: operation.value.bytes)
    context = operation.context.map { context in
      Dictionary(
        uniqueKeysWithValues: context.entries.map { ($0.replica.description, $0.sequence) })
    }
  }
}
