extension ConnectionError: CustomStringConvertible {
  /// What happened, as one clause for people.
  public var description: String {
    switch self {
    case .unreachable(_, let reason): "nobody answers there (\(reason))"
    case .silent(let seconds): "nothing was heard from there for \(seconds) seconds"
    case .notAMember, .commandEnded(_, 12): "what answers there is no replica of this library"
    case .closed: "the connection ended early"
    case .damaged: "what arrived was damaged on the way"
    case .malformed(let error): "what arrived does not read (\(error))"
    case .cannotListen(_, let reason): reason
    case .command(let name, let reason): "\(name) failed: \(reason)"
    case .commandEnded(_, 10): "there is no library at that path"
    case .commandEnded(_, 11): "the library there is busy"
    case .commandEnded(_, 18): "the library there cannot be read or written"
    case .commandEnded(let name, 127): "\(name) or satchel was not found"
    case .commandEnded(let name, let status): "\(name) ended with status \(status)"
    case .chatter(let beginning): "before the session came something else (\(beginning))"
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .unreachable, .silent: "Is satchel serve running there, and the port open?"
    case .notAMember, .commandEnded(_, 12):
      "A machine joins with satchel invite there and satchel join here."
    case .closed, .damaged: ConnectionError.again
    case .malformed: "Is the same satchel installed there and here?"
    case .commandEnded(_, 10): "The path goes after the host: ssh://HOST/PATH, ssh://HOST/~/PATH."
    case .commandEnded(_, 11): "Try again when it is done there."
    case .commandEnded(_, 18): "Free some space there, or check the folder's permissions."
    case .commandEnded(_, 127):
      "Is satchel in the search path of that machine? SATCHEL_REMOTE says where else it is."
    case .commandEnded(_, 255), .command:
      "Can ssh log in there, and is satchel in the search path of that machine?"
    case .commandEnded: ConnectionError.again
    case .chatter: "A login there without a terminal must print nothing: look at its shell's files."
    case .cannotListen(let address, _):
      address.contains(":")
        ? "--port 0 takes a free port; --bind names an address of this machine."
        : "satchel sync ssh://HOST/PATH runs this on the other machine."
    }
  }

  private static let again = "Run it again: it goes on from what is here."
}
