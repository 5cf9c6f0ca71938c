import Foundation
import Testing

/// Every sample of code in the documentation is compiled: those for programs that embed the product
/// in the target Samples, those for the package's own developers here.
struct DocumentationTests {
  @Test func `all code in articles and doc comments is among the samples that are compiled`() throws
  {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let product = tests.appending(path: "../../Sources/Satchel").standardizedFileURL
    let samples = try ["../Samples/DocumentationSamples.swift", "DeveloperSamples.swift"]
      .map { lines(try String(contentsOf: tests.appending(path: $0), encoding: .utf8)) }
      .joined(separator: "\n")
    let files = try FileManager.default.subpathsOfDirectory(atPath: product.path)
      .filter { $0.hasSuffix(".md") || $0.hasSuffix(".swift") }
    var count = 0
    for file in files.sorted() {
      let text = try String(contentsOf: product.appending(path: file), encoding: .utf8)
      for block in blocks(text) {
        count += 1
        #expect(samples.contains(block), "\(file):\n\(block)")
      }
    }
    #expect(count > 10)
  }

  /// Without indentation, and without what only begins a comment.
  private func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        let plain = line.trimmingCharacters(in: .whitespaces)
        return plain.hasPrefix("///")
          ? plain.dropFirst(3).trimmingCharacters(in: .whitespaces) : plain
      }
      .joined(separator: "\n")
  }

  /// What stands between the fences of Swift code.
  private func blocks(_ text: String) -> [String] {
    lines(text).components(separatedBy: "```swift\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }
}
