import Testing

/// `Examples/merge-rules.py`, written from the specification alone, agrees with the vectors.
@Suite(.enabled(if: Inspector.isPresent, "python3 is not installed"))
struct MergeRulesTests {
  @Test func `every vector of behaviour comes out right in Python`() async throws {
    try await withTemporaryFolder { folder in
      let answer = try Inspector.run(
        script: [Repository.mergeRules.path, "--vectors", Repository.vectors.path], in: folder)
      #expect(answer.code == 0, "\(answer.errors)")
      let passed = try #require(answer.output.split(separator: " ").first.flatMap { Int($0) })
      #expect(passed >= 120)
    }
  }
}
