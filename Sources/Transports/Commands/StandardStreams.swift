import Foundation
import NIOCore
import NIOPosix

extension SessionHost {
  /// Answers one replica over this process's standard input and output, in clear: ssh carries it,
  /// and has asked who is there.
  ///
  /// Both descriptors are closed at the end; nothing else may print to the output meanwhile.
  package func serveStandardStreams(
    progress: @escaping @Sendable (SessionProgress) -> Void = { _ in }
  ) async throws -> SessionResult {
    let connection = try await Connection.piped(
      reading: dup(FileHandle.standardInput.fileDescriptor),
      writing: dup(FileHandle.standardOutput.fileDescriptor), silence: Silence(limit: silence))
    return try await runInClear(.responder, .both, over: connection, progress: progress)
  }
}

extension Connection {
  /// A connection over two descriptors, which it closes. Throws `cannotListen` for such as cannot
  /// be waited for, files among them.
  static func piped(
    reading: CInt, writing: CInt, silence: Silence
  ) async throws -> Connection {
    do {
      return try await NIOPipeBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .takingOwnershipOfDescriptors(input: reading, output: writing) { channel in
          channel.eventLoop.makeCompletedFuture { try channel.asConnection(silence: silence) }
        }
    } catch {
      close(reading)
      close(writing)
      throw ConnectionError.cannotListen(
        address: "standard input and output", reason: "they are neither pipes nor sockets")
    }
  }
}
