import Articles
import Coding
import Replication

/// What an image's register is called behind `image/` (Protocol 5.4).
enum ImageName {
  /// The reference as the text writes it, or its hash where no field's name is long enough.
  static func name(of reference: String) -> String {
    guard reference.utf8.count > ArticleField.longestReference else { return reference }
    return ContentHash(of: Array(reference.utf8)).description
  }
}
