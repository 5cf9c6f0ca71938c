import Satchel

extension ConnectionError {
  var exitCode: Int32 {
    switch self {
    case .unreachable, .silent, .closed, .command: 17
    case .notAMember: 12
    case .damaged, .malformed: 13
    case .cannotListen: 1
    }
  }

  func explanation(of target: String) -> (message: String, hint: String?) {
    let target = TerminalEscape.escaped(target)
    return ("cannot synchronise with \(target): \(reason). What was merged stays.", hint)
  }

  private var reason: String {
    switch self {
    case .unreachable(_, let reason): "nobody answers there (\(reason))"
    case .silent(let seconds): "nothing was heard from there for \(seconds) seconds"
    case .notAMember: "what answers there is no replica of this library"
    case .closed: "the connection ended early"
    case .damaged: "what arrived was damaged on the way"
    case .malformed(let error): "what arrived does not read (\(error))"
    case .cannotListen(let address, let reason):
      "\(TerminalEscape.escaped(address)) cannot be listened on (\(reason))"
    case .command(let name, let reason): "\(TerminalEscape.escaped(name)) failed: \(reason)"
    }
  }

  private var hint: String? {
    switch self {
    case .unreachable, .silent: "Is satchel serve running there, and the port open?"
    case .notAMember: "A machine joins with satchel invite there and satchel join here."
    case .closed, .damaged: "Run it again: it goes on from what is here."
    case .command: "Can ssh log in there, and is satchel in the search path of that machine?"
    case .cannotListen, .malformed: nil
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
      case .version: 14
      case .malformed: 13
      case .busy, .cannotWrite, .failed: 17
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
        "\(target) gave up: \(TerminalEscape.escaped(refusal.text)). What was merged stays.",
        "Run it again: it goes on from what is here."
      )
    }
  }
}
