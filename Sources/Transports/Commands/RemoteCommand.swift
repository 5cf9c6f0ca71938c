import Foundation
import NIOCore
import Processes

/// A command whose standard streams carry a session: `ssh`, or what stands in for it.
package struct RemoteCommand: Sendable, Equatable {
  /// What people call it.
  package let name: String
  /// The program, found in the search path, and its arguments.
  package let arguments: [String]

  package init(_ name: String, _ arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }
}

extension SessionHost {
  /// Synchronizes with the replica that `command` reaches. The command has this process's terminal
  /// and standard error, to ask for a password there.
  ///
  /// Throws ``ConnectionError/command(_:reason:)`` where it cannot be started, and
  /// ``ConnectionError/commandEnded(_:status:)`` where it ends with a status other than 0 before the
  /// session does.
  package func synchronize(
    through command: RemoteCommand, _ direction: SyncDirection = .both,
    progress: @escaping @Sendable (SessionProgress) -> Void = { _ in }
  ) async throws -> SessionResult {
    let (child, connection) = try await start(command)
    do {
      let result = try await runInClear(
        .initiator, direction, over: connection, line: command.arguments.joined(separator: " "),
        progress: progress)
      await child.end(within: SessionHost.farewell)
      return result
    } catch {
      let ending = await child.end(within: Task.isCancelled ? .zero : SessionHost.farewell)
      if Task.isCancelled || ending.isInterruption { throw CancellationError() }
      // The command knows better why nobody answered.
      guard let error = error as? ConnectionError, [.closed, .notAMember].contains(error),
        ending != .exited(0), ending != .killed(signal: SIGTERM)
      else { throw error }
      throw ConnectionError.commandEnded(command.name, status: ending.status)
    }
  }

  /// What a command has to end by itself, once its input has.
  private static let farewell = Duration.seconds(5)

  private func start(_ command: RemoteCommand) async throws -> (ChildProcess, Connection) {
    let (child, output, input) = try command.start()
    do {
      return (
        child,
        try await Connection.piped(
          reading: output, writing: input,
          silence: Silence(limit: silence, beginsWithFirstByte: true))
      )
    } catch {
      await child.end()
      throw error
    }
  }
}

extension RemoteCommand {
  /// The child, what it prints, and what it reads. Throws ``ConnectionError``.
  fileprivate func start() throws -> (ChildProcess, output: Int32, input: Int32) {
    do throws(ChildProcessError) {
      let (toChild, fromChild) = (try PipeEnds(), try PipeEnds())
      // With these open here too, neither side would see the other's end.
      defer { for end in [toChild.reading, fromChild.writing] { close(end) } }
      do throws(ChildProcessError) {
        let child = try ChildProcess(
          arguments[0], Array(arguments.dropFirst()),
          ChildProcess.Streams(input: toChild.reading, output: fromChild.writing))
        return (child, fromChild.reading, toChild.writing)
      } catch {
        for end in [toChild.writing, fromChild.reading] { close(end) }
        throw error
      }
    } catch {
      throw error.isNotFound
        ? ConnectionError.commandEnded(name, status: 127)
        : ConnectionError.command(name, reason: error.reason)
    }
  }
}
