import Foundation
import SystemCalls
import Testing

/// Has calls of the tool's on files below a folder fail: a small library that is loaded into it, and
/// made here by the C compiler.
enum FailingCalls {
  /// What fails, and how.
  struct Fault: CustomStringConvertible {
    let name: String
    let code: Int32
    /// Which calls: bits of `CALL_OPEN` and so on.
    let calls: Int
    let isForGood: Bool

    var description: String { "\(name)\(isForGood ? " for good" : " once")" }

    static let all: [Fault] = [
      ("ENOSPC", ENOSPC, making | CALL_WRITE | CALL_TRUNCATE), ("EDQUOT", EDQUOT, CALL_WRITE),
      ("EROFS", EROFS, making | CALL_REMOVE), ("EMFILE", EMFILE, CALL_OPEN),
      ("EIO", EIO, CALL_READ | CALL_WRITE), ("failing fsync", EIO, CALL_FLUSH | CALL_FLUSH_FOLDER),
    ].flatMap { name, code, calls in
      [false, true].map { Fault(name: name, code: code, calls: calls, isForGood: $0) }
    }

    private static let making = CALL_OPEN | CALL_RENAME | CALL_LINK | CALL_MAKE_FOLDER
  }

  private static let library: String? = {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("satchel-failing-calls-\(getpid()).so")
    let tests = Repository.root.appendingPathComponent("Tests").path
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = [
      "cc", "-shared", "-fPIC", "-o", file.path, "-I\(tests)/SystemCalls/include",
      "\(tests)/SystemCalls/SystemCalls.c", "\(tests)/ToolTests/failing-calls.c",
    ]
    let made = try? ToolResult(compiler, input: nil)
    return made?.code == 0 ? file.path : nil
  }()

  static var isPossible: Bool { calls_are_seen() && library != nil }

  /// Has a laptop's tool meet the fault at the call `first`, of those it is about.
  ///
  /// - Parameter count: a file, for how many of them there were.
  static func load(
    into laptop: inout Laptop, below folder: String, _ fault: Fault, first: Int, count: String
  ) {
    laptop.environment["LD_PRELOAD"] = library
    laptop.environment["FAILING_FOLDER"] = folder
    laptop.environment["FAILING_CALLS"] =
      "\(fault.calls) \(first) \(fault.code) \(fault.isForGood ? 1 : 0)"
    laptop.environment["FAILING_COUNT"] = count
  }
}
