import Foundation

/// A program that goes on when this process ends, in a session of its own and without a terminal.
package struct DetachedProcess: Sendable {
  private let id: pid_t

  /// Starts a program, found in the search path. What it is not given it reads from, and writes to,
  /// nowhere. Throws ``ChildProcessError``.
  package init(
    _ program: String, _ arguments: [String], output: Int32? = nil
  ) throws(ChildProcessError) {
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard nothing >= 0 else { throw ChildProcessError(code: errno) }
    defer { close(nothing) }
    DetachedProcess.keepInheritedBack()
    id = try Spawn.start(
      program, arguments,
      ChildProcess.Streams(input: nothing, output: output ?? nothing, messages: nothing),
      .apart(withoutVariables: [])
    ).get()
  }

  /// What this process was handed open by the one that started it must not live on in a program that
  /// outlives both: Foundation takes a process for running as long as a socket of its is open.
  private static func keepInheritedBack() {
    for descriptor in 3..<Int32(1_024) where fcntl(descriptor, F_GETFD) >= 0 {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
  }

  /// How it ended; nil where it still runs when the time is over.
  package func ending(within limit: Duration) async -> ChildProcess.Ending? {
    let end = ContinuousClock.now + limit
    repeat {
      var status: Int32 = 0
      if waitpid(id, &status, WNOHANG) == id {
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
      }
    } while (try? await Task.sleep(for: .milliseconds(20))) != nil && ContinuousClock.now < end
    return nil
  }
}
