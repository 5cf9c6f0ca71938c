import Foundation
import NIOConcurrencyHelpers

/// A program that this process started and ends before it ends itself: ssh, an editor, a pager.
///
/// Unless it is kept apart, it belongs to this process's group, so it may read the terminal, and
/// Control-C reaches it. Of its parent it has the environment, the folder and three descriptors; no
/// signal is blocked or ignored.
package struct ChildProcess: Sendable {
  private let id: pid_t
  private let ending: Task<Ending, Never>

  /// How a program ended.
  package enum Ending: Sendable, Equatable {
    case exited(Int32)
    case killed(signal: Int32)

    /// As shells write it: a signal is 128 and its number.
    package var status: Int32 {
      switch self {
      case .exited(let status): status
      case .killed(let signal): 128 + signal
      }
    }

    /// Whether a Control-C ended it, which this process may hear of later.
    package var isInterruption: Bool { status == 128 + SIGINT }
  }

  /// The descriptors that a program is given; nil for this process's own.
  package struct Streams: Sendable {
    package var input: Int32?
    package var output: Int32?
    package var messages: Int32?

    package init(input: Int32? = nil, output: Int32? = nil, messages: Int32? = nil) {
      self.input = input
      self.output = output
      self.messages = messages
    }
  }

  /// How close a program is to this process.
  package enum Kinship: Sendable {
    /// In its group, with its terminal.
    case group
    /// In a session of its own: it has no terminal to wait for, and Control-C does not reach it. What
    /// it started itself is ended with it. It is not told these variables of the environment, and
    /// is told those others.
    case apart(withoutVariables: Set<String>, variables: [String: String] = [:])
  }

  /// Starts a program, found in the search path. Throws ``ChildProcessError``.
  package init(
    _ program: String, _ arguments: [String], _ streams: Streams = Streams(),
    _ kinship: Kinship = .group
  ) throws(ChildProcessError) {
    let id = try running.withLockedValue { running in
      let started = Spawn.start(program, arguments, streams, kinship)
      if case .success(let id) = started {
        // A negative number is a group.
        running[id] = if case .apart = kinship { -id } else { id }
      }
      return started
    }.get()
    self.id = id
    let (ended, ender) = AsyncStream.makeStream(of: Ending.self)
    // It blocks, and the threads that tasks share are few; one may take long to be free even for
    // beginning to wait.
    Thread.detachNewThread { ender.yield(ChildProcess.reap(id)) }
    ending = Task {
      for await ending in ended { return ending }
      preconditionFailure("a child ends once")
    }
  }

  /// Whether it has ended. That is known at once, and ``wait()`` returns when a thread is free for it.
  package var hasEnded: Bool { running.withLockedValue { $0[id] == nil } }

  /// Waits until it ends by itself, though the task be cancelled: who cancels it ends the child too.
  package func wait() async -> Ending { await ending.value }

  /// Waits until it ends by itself, but no longer than `gracePeriod`: then it is asked to end, and
  /// killed where it has not in two seconds. Does so in a task that is cancelled, too.
  @discardableResult
  package func end(within gracePeriod: Duration = .zero) async -> Ending {
    let ender = Task {
      try await Task.sleep(for: gracePeriod)
      send(SIGTERM)
      try await Task.sleep(for: .seconds(2))
      send(SIGKILL)
    }
    defer { ender.cancel() }
    return await ending.value
  }

  /// Kills every child that is left, for who cannot wait.
  package static func killAll() {
    running.withLockedValue { for target in $0.values { kill(target, SIGKILL) } }
  }
}

/// The children that have not been waited for, whose ids are therefore nobody else's, with what to
/// send signals to.
///
/// A lock and no actor: whoever ends this process must reach them though all of the tasks' threads
/// are stuck.
private let running = NIOLockedValueBox<[pid_t: pid_t]>([:])

extension ChildProcess {
  private func send(_ signal: Int32) {
    running.withLockedValue { if let target = $0[id] { _ = kill(target, signal) } }
  }

  /// Blocks until the child ends.
  private static func reap(_ id: pid_t) -> Ending {
    var information = siginfo_t()
    while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    var status: Int32 = 0
    running.withLockedValue {
      // What it started is left in its group, which is nobody else's as long as it is not reaped.
      if let target = $0[id], target < 0 { kill(target, SIGKILL) }
      _ = waitpid(id, &status, 0)
      $0[id] = nil
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
  }
}

/// Why a program could not be started.
package struct ChildProcessError: Error, Sendable, Equatable {
  /// The system's number for it.
  package let code: Int32

  /// Whether there is no such program.
  package var isNotFound: Bool { code == ENOENT }
  package var reason: String { String(cString: strerror(code)) }
}
