import Satchel

extension ConnectionError {
  var exitCode: Int32 {
    switch self {
    case .unreachable, .silent, .closed, .command: 17
    case .notAMember: 12
    case .damaged, .malformed, .chatter: 13
    case .cannotListen: 1
    case .commandEnded(_, let status):
      // What satchel said of itself there is as true here.
      [11, 12, 18].contains(status) ? status : 17
    }
  }

  func explanation(of target: String) -> (message: String, hint: String?) {
    let target = TerminalEscape.escaped(target)
    switch self {
    case .cannotListen(let address, let reason):
      let address = TerminalEscape.escaped(address)
      return ("cannot listen on \(address): \(reason). Nothing was changed.", hint)
    case .unreachable, .notAMember, .command, .chatter:
      return ("cannot synchronise with \(target): \(reason). Nothing was changed.", hint)
    case .silent, .closed, .damaged, .malformed, .commandEnded:
      return ("cannot synchronise with \(target): \(reason). What was merged stays.", hint)
    }
  }

  private var reason: String {
    switch self {
    case .unreachable(_, let reason): "nobody answers there (\(reason))"
    case .silent(let seconds): "nothing was heard from there for \(seconds) seconds"
    case .notAMember: "what answers there is no replica of this library"
    case .closed: "the connection ended early"
    case .damaged: "what arrived was damaged on the way"
    case .malformed(let error): "what arrived does not read (\(error))"
    case .cannotListen(_, let reason): reason
    case .command(let name, let reason): "\(TerminalEscape.escaped(name)) failed: \(reason)"
    case .commandEnded(_, 10): "there is no library at that path"
    case .commandEnded(_, 11): "the library there is busy"
    case .commandEnded(_, 12): "what answers there is no replica of this library"
    case .commandEnded(_, 18): "the library there cannot be written"
    case .commandEnded(let name, 127):
      "\(TerminalEscape.escaped(name)) or satchel was not found"
    case .commandEnded(let name, let status):
      "\(TerminalEscape.escaped(name)) ended with status \(status)"
    case .chatter(let beginning):
      "before the session came something else (\(TerminalEscape.escaped(beginning)))"
    }
  }

  private var hint: String? {
    switch self {
    case .unreachable, .silent: "Is satchel serve running there, and the port open?"
    case .notAMember: "A machine joins with satchel invite there and satchel join here."
    case .closed, .damaged: "Run it again: it goes on from what is here."
    case .commandEnded(_, 10): "The path goes after the host: ssh://HOST/PATH, ssh://HOST/~/PATH."
    case .commandEnded(_, 11): "Try again when it is done there."
    case .commandEnded(_, 12): ConnectionError.notAMember.hint
    case .commandEnded(_, 18): "Free some space there, or check the folder's permissions."
    case .commandEnded(_, 127):
      "Is satchel in the search path of that machine? SATCHEL_REMOTE says where else it is."
    case .commandEnded(_, 255), .command:
      "Can ssh log in there, and is satchel in the search path of that machine?"
    case .commandEnded: "Run it again: it goes on from what is here."
    case .chatter: "A login there without a terminal must print nothing: look at its shell's files."
    case .cannotListen(let address, _):
      address.contains(":")
        ? "--port 0 takes a free port; --bind names an address of this machine."
        : "satchel sync ssh://HOST/PATH runs this on the other machine."
    case .malformed: nil
    }
  }
}

extension SessionError {
  var exitCode: Int32 {
    switch self {
    case .malformed, .outOfTurn: 13
    case .noCommonVersion: 14
    case .refused(let refusal):
      switch refusal.reason {
      case .failed: 1
      case .version: 14
      case .malformed: 13
      case .busy: 11
      case .cannotWrite: 18
      }
    }
  }

  func explanation(of target: String) -> (message: String, hint: String?) {
    let target = TerminalEscape.escaped(target)
    switch self {
    case .malformed(let error):
      return (
        "cannot synchronise with \(target): a message does not read (\(error)). "
          + "What was merged stays.", nil
      )
    case .outOfTurn(let message):
      return (
        "cannot synchronise with \(target): it said \(message) out of turn. "
          + "What was merged stays.", nil
      )
    case .noCommonVersion(let ours, let theirs):
      return (
        "cannot synchronise with \(target): it speaks versions \(theirs.least) to "
          + "\(theirs.version) of the session, this program \(ours.least) to \(ours.version).",
        theirs.version < ours.least ? "Update satchel there." : "Update satchel here."
      )
    case .refused(let refusal):
      return (
        "cannot synchronise with \(target): it gave up (\(TerminalEscape.escaped(refusal.text))). "
          + "What was merged stays.", hint
      )
    }
  }

  private var hint: String? {
    guard case .refused(let refusal) = self else { return nil }
    return switch refusal.reason {
    case .version: "Update satchel where it is older."
    case .failed: "satchel check says more on that machine."
    case .malformed: "Run it again: it goes on from what is here."
    case .busy: "Try again when it is done there."
    case .cannotWrite: "Free some space there, or check the folder's permissions."
    }
  }
}
