import Files
import Foundation

extension FilePath {
  /// For what Foundation does in tests; of UTF-8 only.
  package var url: URL { URL(fileURLWithPath: string) }
}
