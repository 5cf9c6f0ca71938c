import Documents

/// What bytes written as a literal say.
func document(_ source: String, _ format: DocumentFormat = .markdown) -> Document {
  Document(reading: Array(source.utf8), as: format)
}

func plainText(_ source: String, _ format: DocumentFormat) -> String {
  PlainText.text(of: document(source, format))
}

/// The text as a terminal shows it.
func terminalText(
  _ source: String, _ format: DocumentFormat, width: Int, color: Bool = false
) -> String {
  TerminalText(width: width, color: color).text(of: document(source, format))
}
