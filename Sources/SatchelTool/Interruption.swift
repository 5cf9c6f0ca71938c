import Foundation
import NIOConcurrencyHelpers
import Processes

/// Control-C, a request to end, a terminal that goes away: what only answers ends at once; of other
/// work what is under way is cancelled, and what it committed stays. The tool exits with 130.
enum Interruption {
  /// Runs `body` in a task that signals cancel, on other threads than this one, which takes the
  /// signals. `end` gets what it threw.
  static func run(
    _ body: @escaping @Sendable () async throws -> Void,
    end: @escaping @Sendable ((any Error)?) -> Never
  ) -> Never {
    let signals = [SIGINT, SIGTERM] + (Signals.isIgnored(SIGHUP) ? [] : [SIGHUP])
    Signals.hold(signals)
    _ = terminal
    let work = Task {
      var failure: (any Error)?
      do {
        try await body()
      } catch {
        failure = error
      }
      if state.withLockedValue({ $0.isEnding }) { terminal?.restore() }
      end(failure)
    }
    while true { react(to: Signals.take(signals), work) }
  }

  /// Starts a program that has the terminal until it is waited for: Control-C is its own affair from
  /// before it runs, and what asks this process to end asks the program first.
  static func lendTerminal(
    _ kind: Guest, to start: () throws(ChildProcessError) -> ChildProcess
  ) throws(ChildProcessError) -> ChildProcess {
    state.withLockedValue { $0.guest = (nil, kind) }
    do throws(ChildProcessError) {
      let child = try start()
      state.withLockedValue { $0.guest = (child, kind) }
      return child
    } catch {
      state.withLockedValue { $0.guest = nil }
      throw error
    }
  }

  /// Waits for the program that has the terminal.
  static func wait(for guest: ChildProcess) async -> ChildProcess.Ending {
    let ending = await guest.wait()
    state.withLockedValue { $0.guest = nil }
    // Who was ended had no time to put it back.
    if case .killed = ending { terminal?.restore() }
    return ending
  }

  /// Reads what was typed or piped in: whoever breaks that off has changed nothing yet.
  static func reading<Input, Failure: Error>(
    _ body: () throws(Failure) -> Input
  ) throws(Failure) -> Input {
    state.withLockedValue { $0.isReading = true }
    defer { state.withLockedValue { $0.isReading = false } }
    return try body()
  }

  /// Who has the terminal instead of this process.
  enum Guest {
    /// What is typed there is not to be lost by a Control-C.
    case editor
    /// It shows what was said so far, until the reader leaves it; nothing more need be said.
    case pager
  }

  private struct State {
    /// Without a child while that is being started.
    var guest: (child: ChildProcess?, kind: Guest)?
    var isEnding = false
    var isReading = false
  }

  /// As it was before others had it.
  private static let terminal = Terminal.Settings()
  /// A lock and no actor: see ``ChildProcess``.
  private static let state = NIOLockedValueBox(State())
}

extension ChildProcess {
  /// What a shell's script begins with that is to outlive a Control-C which its program heeds in its
  /// own way. The program itself gets the signal as ever.
  static let sparedShell = "trap : INT;"
}

extension Interruption {
  private static func react(to number: Int32, _ work: Task<Void, Never>) {
    let (guest, isReading) = state.withLockedValue { ($0.guest, $0.isReading) }
    if number == SIGINT, let guest {
      if guest.kind == .pager { work.cancel() }
      return
    }
    let isEnding = state.withLockedValue { state in
      defer { state.isEnding = true }
      return state.isEnding
    }
    if isEnding || isReading || guest == nil && Output.kind == .query { endNow() }
    work.cancel()
    if let child = guest?.child { Task { await child.end() } }
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: gracePeriodSeconds)
      endNow()
    }
  }

  /// What does not heed being cancelled in this time is ended, as by a second signal: SQLite's
  /// journal keeps the library valid then too.
  private static let gracePeriodSeconds = 5.0

  private static func endNow() -> Never {
    ChildProcess.killAll()
    terminal?.restore()
    Output.wipeProgress()
    _exit(Outcome.interrupted.code)
  }
}
