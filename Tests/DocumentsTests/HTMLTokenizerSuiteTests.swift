import Documents
import Foundation
import Testing

/// html5lib's tests, as far as they begin where a page begins.
@Suite(.enabled(if: SharedData.tokenizerTests.isAtHand, "html5lib's tests are not at hand"))
struct HTMLTokenizerSuiteTests {
  @Test func `named references are those of the standard`() throws {
    let cases = try self.cases { $0 == "namedEntities" }
    #expect(cases.count == 4210)
    #expect(cases.filter { !$0.passes }.map(\.name) == [])
  }

  @Test func `tokens are those of the standard but for what is known`() throws {
    let cases = try self.cases { $0 != "namedEntities" }
    #expect(cases.count == 2480)
    #expect(cases.filter { !$0.passes }.map(\.name) == HTMLTokenizerSuiteTests.differences)
  }

  /// Tags that the page ends in: the standard drops them, here they are text, so that a `<` with
  /// nothing behind it loses no byte of a page.
  private static let differences =
    ["test4 24", "test4 25"] + (76...84).map { "test4 \($0)" }

  private func cases(where isWanted: (String) -> Bool) throws -> [HTMLTokenizerCase] {
    try SharedData.tokenizerTests.withFolder { folder in
      try folder.appendingPathComponent("tokenizer").entries()
        .filter { isWanted($0.deletingPathExtension().lastPathComponent) }
        .flatMap(HTMLTokenizerCase.cases)
    } ?? []
  }
}
