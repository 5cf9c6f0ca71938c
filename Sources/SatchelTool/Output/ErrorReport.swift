import Satchel

/// An error as the user reads it: what happened and what was kept, then what to do.
struct ErrorReport: Error, Encodable {
  let type = "error"
  let code: Int32
  let message: String
  let hint: String?
  /// Lines for people, between the two.
  var excerpt: [String] = []
  /// The target it is of, where there are several.
  var remote: String?

  enum CodingKeys: CodingKey { case type, code, message, hint, remote }

  /// Every key is there, null where there is nothing; `remote` where there are several targets.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(type, forKey: .type)
    try container.encode(code, forKey: .code)
    try container.encode(message, forKey: .message)
    try container.encode(hint, forKey: .hint)
    try container.encodeIfPresent(remote, forKey: .remote)
  }

  init(code: Int32, message: String, hint: String?) {
    self.code = code
    self.message = TerminalEscape.escaped(message)
    self.hint = hint
  }

  init(_ error: LibraryError) {
    self.init(code: error.exitCode, message: error.message, hint: error.hint)
    excerpt = error.excerpt?.lines ?? []
  }

  /// Of one target among several, by the name it was given.
  init(_ error: LibraryError, at name: String) {
    let isNamed = error.message.contains(" \(name):")
    self.init(
      code: error.exitCode, message: (isNamed ? "" : "\(name): ") + error.message,
      hint: error.hint)
    remote = name
  }
}
