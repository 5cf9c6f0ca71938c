import Articles
import Coding
import Documents
import Replication

/// What an image's register is called behind `image/` (Protocol 5.4).
enum ImageName {
  /// The reference as the text writes it, or its hash where no field's name is long enough.
  static func name(of reference: String) -> String {
    guard reference.utf8.count > ArticleField.longestReference else { return reference }
    return ContentHash(of: Array(reference.utf8)).description
  }

  /// Whether a name may be the hash of a longer reference.
  static func mayBeHash(_ name: String) -> Bool { ContentHash(name) != nil }

  /// The references in a text that are too long for a name, by the hashes that stand for them.
  static func longReferences(in text: [UInt8], as format: BodyFormat) -> [String: String] {
    let long = PictureReferences.all(reading: text, as: format.document)
      .filter { $0.utf8.count > ArticleField.longestReference }
    return Dictionary(uniqueKeysWithValues: long.map { (name(of: $0), $0) })
  }
}
