import Foundation
import SystemCalls

/// An error of the system's, of calls that can have it.
struct SystemFault: Sendable, CustomStringConvertible {
  let name: String
  /// The `errno`.
  let code: Int32
  /// Which calls have it: bits of `CALL_OPEN` and so on.
  let calls: Int
  /// Whether it stays, or happens once.
  var isForGood = false

  var description: String { "\(name)\(isForGood ? " for good" : " once")" }

  static let all: [SystemFault] = [
    SystemFault(name: "ENOSPC", code: ENOSPC, calls: making | CALL_WRITE | CALL_TRUNCATE),
    SystemFault(name: "EDQUOT", code: EDQUOT, calls: making | CALL_WRITE),
    SystemFault(name: "EROFS", code: EROFS, calls: making | CALL_REMOVE | CALL_REMOVE_FOLDER),
    SystemFault(name: "EMFILE", code: EMFILE, calls: CALL_OPEN),
    SystemFault(name: "EIO on reading", code: EIO, calls: CALL_READ | CALL_OPEN),
    SystemFault(name: "EIO on writing", code: EIO, calls: CALL_WRITE | CALL_TRUNCATE | making),
    SystemFault(name: "EIO on flushing", code: EIO, calls: CALL_FLUSH | CALL_FLUSH_FOLDER),
  ].flatMap { fault in
    [false, true].map { isForGood in
      var fault = fault
      fault.isForGood = isForGood
      return fault
    }
  }

  private static let making = CALL_OPEN | CALL_RENAME | CALL_LINK | CALL_MAKE_FOLDER
}
