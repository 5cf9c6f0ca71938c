import Files
import Foundation

/// What `rclone lsjson` prints: names that others chose, of which only those are taken that a replica
/// could have written.
enum RcloneListing {
  struct Entry: Equatable {
    /// Beneath what was listed.
    let name: FilePath
    let isFolder: Bool
    /// In bytes.
    let length: Int
  }

  private struct Line: Decodable {
    let path: String
    let size: Int
    let isFolder: Bool

    enum CodingKeys: String, CodingKey {
      case path = "Path"
      case size = "Size"
      case isFolder = "IsDir"
    }
  }

  /// Throws what `JSONDecoder` does.
  static func entries(_ json: [UInt8]) throws -> [Entry] {
    try JSONDecoder().decode([Line].self, from: Data(json)).compactMap { line in
      guard isWellFormed(line.path), line.isFolder || line.size >= 0 else { return nil }
      return Entry(name: FilePath(line.path), isFolder: line.isFolder, length: line.size)
    }
  }

  /// Whether a name is one or two components of lower-case ASCII letters, digits, `-` and `.`, none
  /// of them hidden or a folder above.
  static func isWellFormed(_ name: String) -> Bool {
    let components = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return components.count <= 3
      && components.allSatisfy { component in
        component.first != UInt8(ascii: ".") && !component.isEmpty
          && component.allSatisfy(isNameByte)
      }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }
}
