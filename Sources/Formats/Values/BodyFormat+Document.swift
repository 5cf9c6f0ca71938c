import Articles
import Documents

extension BodyFormat {
  /// How the bytes of such a body are read.
  package var document: DocumentFormat {
    switch self {
    case .markdown: .markdown
    case .html: .html
    case .text: .text
    }
  }
}
