import Articles
import Documents

extension BodyFormat {
  /// How the bytes of such a body are read.
  var document: DocumentFormat {
    switch self {
    case .markdown: .markdown
    case .html: .html
    case .text: .text
    }
  }
}

extension TerminalText {
  /// The text of an article's body.
  public func text(of body: [UInt8], format: BodyFormat) -> String {
    text(reading: body, as: format.document)
  }
}
