import Articles
import Documents
import Files
import Formats
import Foundation

/// Small pages that real use has shown to go wrong, with what is expected of each. They are not part
/// of this repository.
///
/// `SATCHEL_CASES` names their folder; without it, one beside the repository is looked for.
struct SharedCase: Decodable, Sendable {
  let file: String
  var title: String?
  var url: String?
  var author: String?
  var published: String?
  var tags: [String]?
  var language: String?
  var textContains: String?
  var textLacks: String?
  var skipped: Bool?

  private enum CodingKeys: String, CodingKey {
    case file, title, url, author, published, tags, language, skipped
    case textContains = "text_contains"
    case textLacks = "text_lacks"
  }
}

extension SharedCase {
  static var folder: String? {
    let places = [ProcessInfo.processInfo.environment["SATCHEL_CASES"], beside]
    return places.compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: "\($0)/expected.json")
    }
  }

  /// The cases of these folders.
  static func all(in folders: [String]) throws -> [SharedCase] {
    guard let folder else { return [] }
    let list = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/expected.json"))
    let cases = try JSONDecoder().decode([SharedCase].self, from: list)
    return cases.filter { folders.contains(String($0.file.prefix { $0 != "/" })) }
  }

  func item() throws -> FormatItem? { try items().first }

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
