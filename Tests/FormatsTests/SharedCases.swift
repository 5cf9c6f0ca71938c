import Articles
import Documents
import Files
import Formats
import Foundation
import Testing

/// Small pages with what is expected of each, which lie beside the repository and not in it.
///
/// `SATCHEL_CASES` names their folder; without it, one beside the repository is looked for.
struct SharedCase: Decodable, Sendable {
  let file: String
  let title: String?
  let url: String?
  let author: String?
  let published: String?
  let textContains: String?
  let textLacks: String?

  static var folder: String? {
    let places = [ProcessInfo.processInfo.environment["SATCHEL_CASES"], beside]
    return places.compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: "\($0)/expected.json")
    }
  }

  /// The cases whose files' paths begin so.
  static func all(_ prefix: String) throws -> [SharedCase] {
    guard let folder else { return [] }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/expected.json"))
    return try decoder.decode([SharedCase].self, from: data).filter { $0.file.hasPrefix(prefix) }
  }

  /// What an import that names no format makes of the file.
  func items() throws -> [FormatItem] {
    let path = FilePath("\(SharedCase.folder ?? "")/\(file)")
    return Array(try Format.detected(at: path).reader(of: .path(path)).items())
  }

  private static var beside: String {
    let repository = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { path, _ in
      path.deletingLastPathComponent()
    }
    return repository.appendingPathComponent("../shared/cases").standardizedFileURL.path
  }
}

@Suite(.enabled(if: SharedCase.folder != nil, "the shared cases are not here"))
struct SharedMirrorCaseTests {
  @Test func `every page of a mirror is read as is expected`() throws {
    let cases = try SharedCase.all("mirror/")
    #expect(cases.count >= 6)
    for expected in cases {
      let items = try expected.items()
      guard items.count == 1, case .article(let draft) = items[0].outcome else {
        Issue.record("\(expected.file): \(items)")
        continue
      }
      #expect(expected.title == nil || draft.title == expected.title, "\(expected.file)")
      #expect(expected.url == nil || draft.url == expected.url, "\(expected.file)")
      #expect(
        expected.published == nil || draft.published == expected.published, "\(expected.file)")
      let text = PlainText.text(of: Document(reading: draft.body, as: .markdown))
      #expect(expected.textLacks.map { !text.contains($0) } ?? true, "\(expected.file)")
      #expect(expected.textContains.map { text.contains($0) } ?? true, "\(expected.file)")
      #expect(text.contains("船停在岸边") || draft.title == "A note of mine", "\(expected.file)")
    }
  }

  @Test func `bookmarks are no article`() throws {
    let cases = try SharedCase.all("html/bookmarks.html")
    #expect(cases.count == 1)
    #expect(
      try cases.first?.items().map(\.outcome)
        == [.skipped(.unsupported(format: "bookmarks"))])
  }
}
