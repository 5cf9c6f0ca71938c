import Articles
import Documents
import Formats

extension BodyFormat {
  /// Writes what ``Library/html(of:)`` says of a body piece by piece, without holding all of it.
  package func writeHTML(of body: [UInt8], to receiver: @escaping ([UInt8]) -> Void) {
    HTMLWriter { _ in nil }.write(reading: body, as: document, to: receiver)
  }
}

extension TerminalText {
  /// The text of an article's body.
  public func text(of body: [UInt8], format: BodyFormat) -> String {
    text(reading: body, as: format.document)
  }
}
