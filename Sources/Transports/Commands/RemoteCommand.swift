import Foundation
import LibraryStore
import NIOCore

/// A command whose standard streams carry a session: `ssh`, or what stands in for it.
public struct RemoteCommand: Sendable, Equatable {
  /// What people call it.
  public let name: String
  /// The program, found in the search path, and its arguments.
  public let arguments: [String]

  public init(_ name: String, _ arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }
}

extension SessionHost {
  /// Synchronises with the replica that `command` reaches. What the command writes to its standard
  /// error goes to this process's.
  ///
  /// Throws ``ConnectionError/command(_:reason:)`` where it cannot be started, and
  /// ``ConnectionError/commandEnded(_:status:)`` where it ends with a status other than 0 before the
  /// session does.
  public func synchronise(
    through command: RemoteCommand, _ direction: SyncDirection = .both,
    progress: @escaping @Sendable (SessionProgress) -> Void = { _ in }
  ) async throws -> SessionResult {
    let child = Process()
    let (toChild, fromChild) = (Pipe(), Pipe())
    child.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    child.arguments = command.arguments
    child.standardInput = toChild
    child.standardOutput = fromChild
    do {
      try child.run()
    } catch {
      throw ConnectionError.command(command.name, reason: SystemReason.text(of: error))
    }
    let connection = try await Connection.piped(
      reading: dup(fromChild.fileHandleForReading.fileDescriptor),
      writing: dup(toChild.fileHandleForWriting.fileDescriptor), silence: silence)
    // Ours are duplicates: with these open, neither side would see the other end.
    try toChild.fileHandleForWriting.close()
    try fromChild.fileHandleForReading.close()
    do {
      let result = try await runInClear(
        .initiator, direction, over: connection, progress: progress)
      _ = await child.end()
      return result
    } catch {
      let status = await child.end()
      // The command knows better why nobody answered.
      guard let error = error as? ConnectionError, [.closed, .notAMember].contains(error),
        let status, status != 0
      else { throw error }
      throw ConnectionError.commandEnded(command.name, status: status)
    }
  }
}

extension Process {
  /// Waits for a child whose input has ended, five seconds and no longer; its status, if it ended by
  /// itself.
  fileprivate func end() async -> Int32? {
    for _ in 0..<500 where isRunning { try? await Task.sleep(for: .milliseconds(10)) }
    guard isRunning else { return terminationStatus }
    terminate()
    return nil
  }
}
