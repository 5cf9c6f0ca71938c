import Foundation

/// The examples of the CommonMark specification, which are not part of this repository.
struct CommonMarkExample: Decodable {
  let example: Int
  let section: String
  let markdown: String
  let html: String

  static var areAtHand: Bool { SharedData.commonMark.isAtHand }

  static func all() throws -> [CommonMarkExample] {
    guard let path = SharedData.commonMark.path else { return [] }
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try JSONDecoder().decode([CommonMarkExample].self, from: data)
  }
}
