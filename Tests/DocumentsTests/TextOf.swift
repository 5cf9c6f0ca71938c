import Documents

/// The plain text of a body written as a literal.
func plainText(_ body: String, _ format: DocumentFormat) -> String {
  PlainText.text(of: Array(body.utf8), format: format)
}

/// The text of a body as a terminal without colour shows it.
func terminalText(_ body: String, _ format: DocumentFormat, width: Int) -> String {
  TerminalText(width: width, colour: false).text(of: Array(body.utf8), format: format)
}
