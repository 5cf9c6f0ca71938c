import Files
import Foundation
import Satchel

/// A file that is to be made: whether it can be, before anything is written.
enum BundleDestination {
  static func problem(_ place: PlaceArgument) -> BundleError? {
    let path = place.path
    // With a slash at the end it was meant to be a folder.
    guard path.folder.isFolder, !place.text.hasSuffix("/") else {
      return .file(FileError(path, .noFolder))
    }
    return path.exists ? .file(FileError(path, .taken)) : nil
  }
}

/// Names that every medium takes.
enum FileName {
  /// Lower-case ASCII letters, digits and hyphens.
  static func plain(_ text: String) -> String {
    let plain = text.lowercased().map { character -> Character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
    }
    let trimmed = String(plain).split(separator: "-").joined(separator: "-")
    return trimmed.isEmpty ? "replica" : trimmed
  }
}
