import Foundation

/// The examples of the CommonMark specification, which are not part of this repository.
struct CommonMarkExample: Decodable {
  let example: Int
  let section: String
  let markdown: String
  let html: String

  /// Beside the repository, if they are there.
  static let file: URL? = {
    let repository = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { path, _ in
      path.deletingLastPathComponent()
    }
    let file = repository.appendingPathComponent("../shared/data/commonmark-0.31.2.json")
    return FileManager.default.fileExists(atPath: file.path) ? file.standardizedFileURL : nil
  }()

  static func all() throws -> [CommonMarkExample] {
    guard let file else { return [] }
    return try JSONDecoder().decode([CommonMarkExample].self, from: Data(contentsOf: file))
  }
}
