import Foundation
import Processes

/// The program in which long answers are read: the setting `pager`, else `$PAGER`, else less.
enum Pager {
  /// Nil where there is none, or it is not wanted.
  static func start() throws -> (child: ChildProcess, input: Int32)? {
    guard let command else { return nil }
    let ends: PipeEnds
    do {
      ends = try PipeEnds()
    } catch {
      return nil
    }
    defer { close(ends.reading) }
    do {
      // As git has it: a screen is left as it is when all fits, styles are shown, and what was read
      // stays on the screen.
      let script = """
        \(ChildProcess.sparedShell) LESS=${LESS-FRX} LESSCHARSET=${LESSCHARSET-utf-8} LV=${LV--c}
        export LESS LESSCHARSET LV
        \(command)
        """
      let streams = ChildProcess.Streams(input: ends.reading)
      let child = try Interruption.lendTerminal(.pager) { () throws(ChildProcessError) in
        try ChildProcess("/bin/sh", ["-c", script], streams)
      }
      return (child, ends.writing)
    } catch {
      close(ends.writing)
      return nil
    }
  }

  private static var command: String? {
    let wanted = Settings.pager ?? getenv("PAGER").map { String(cString: $0) } ?? "less"
    guard let program = wanted.split(separator: " ").first, program != "cat",
      isThere(String(program))
    else { return nil }
    // Whatever LESS says, what is styled must not be spelt out.
    return program.split(separator: "/").last == "less" ? "\(wanted) -R" : wanted
  }

  /// What the shell would find. What only the shell understands is left to it.
  private static func isThere(_ program: String) -> Bool {
    guard program.allSatisfy({ $0.isLetter || $0.isNumber || "/._-+".contains($0) }) else {
      return true
    }
    guard !program.contains("/") else { return access(program, X_OK) == 0 }
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    return path.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }
}
