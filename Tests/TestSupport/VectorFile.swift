import Foundation

/// Reads the files of `Protocol/vectors`.
package enum VectorFile {
  package static func cases<Case: Decodable>(in name: String) throws -> [Case] {
    let data = try Data(contentsOf: folder.appending(path: "\(name).json"))
    return try JSONDecoder().decode(Document<Case>.self, from: data).cases
  }

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Protocol/vectors")

  private struct Document<Case: Decodable>: Decodable {
    let cases: [Case]
  }
}
