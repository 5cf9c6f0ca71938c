import Satchel

/// An error as the user reads it: what happened and what was kept, then what to do.
struct ErrorReport: Encodable {
  let type = "error"
  let code: Int32
  let message: String
  let hint: String?

  init(code: Int32, message: String, hint: String?) {
    self.code = code
    self.message = TerminalEscape.escaped(message)
    self.hint = hint
  }

  init(_ error: LibraryError) {
    let explanation = error.explanation
    self.init(
      code: error.exitCode, message: explanation.message, hint: explanation.hint)
  }
}
