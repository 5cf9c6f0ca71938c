import Articles
import Documents

extension BodyFormat {
  /// What a body of this format is read as.
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
    text(of: body, format: format.document)
  }
}
