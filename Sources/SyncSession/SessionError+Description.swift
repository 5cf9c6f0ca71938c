extension SessionError: CustomStringConvertible {
  /// What happened, as one clause for people.
  public var description: String {
    switch self {
    case .malformed(let error): "a message does not read (\(error))"
    case .outOfTurn(let message): "it said \(message) out of turn"
    case .noCommonVersion(let ours, let theirs):
      "it speaks versions \(theirs.minimum) to \(theirs.version) of the session, this program "
        + "\(ours.minimum) to \(ours.version)"
    case .refused(let refusal): "it gave up (\(refusal.text))"
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .malformed, .outOfTurn: "Run it again: it goes on from what is here."
    case .noCommonVersion(let ours, let theirs):
      theirs.version < ours.minimum ? "Update satchel there." : "Update satchel here."
    case .refused(let refusal):
      switch refusal.reason {
      case .version: "Update satchel where it is older."
      case .failed: "satchel check says more on that machine."
      case .malformed: "Run it again: it goes on from what is here."
      case .busy: "Try again when it is done there."
      case .cannotWrite: "Free some space there, or check the folder's permissions."
      }
    }
  }
}
