/// A piece of a block's text.
public enum Inline: Sendable, Hashable {
  case text(String)
  case emphasis([Inline])
  case strong([Inline])
  /// A name from a program or the like. Its white space is collapsed as elsewhere.
  case code([Inline])
  /// Where its text leads to, as the page wrote it: relative, or of whatever scheme.
  case link(destination: String, [Inline])
  /// The image's address as the page wrote it, and the words that stand for it.
  case image(source: String, alternative: String)
  /// The end of a line that the author asked for.
  case lineBreak
}

extension [Inline] {
  /// The text as it is shown, without styles and addresses.
  public var text: String {
    var text = ""
    appendText(to: &text)
    return text
  }

  func appendText(to output: inout String) {
    for inline in self {
      switch inline {
      case .text(let text): output += text
      case .lineBreak: output += "\n"
      case .image(_, let alternative): output += Inline.visibleText(ofImage: alternative)
      case .emphasis(let inner), .strong(let inner), .code(let inner), .link(_, let inner):
        inner.appendText(to: &output)
      }
    }
  }
}

extension Inline {
  /// An image's words as they are shown in its place.
  static func visibleText(ofImage alternative: String) -> String {
    alternative.isEmpty ? "[image]" : "[image: \(alternative)]"
  }
}
