import Articles
import Documents

extension Document {
  /// What an article's body says.
  init(body: [UInt8], format: BodyFormat) {
    switch format {
    case .markdown: self.init(reading: body, as: .markdown)
    case .html: self.init(reading: body, as: .html)
    case .text: self.init(reading: body, as: .text)
    }
  }
}

extension TerminalText {
  /// The text of an article's body.
  public func text(of body: [UInt8], format: BodyFormat) -> String {
    text(of: Document(body: body, format: format))
  }
}
