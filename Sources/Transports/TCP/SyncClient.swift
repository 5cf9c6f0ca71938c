import Foundation
import LibraryStore
import NIOCore
import NIOPosix
import Replication

extension SessionHost {
  /// Synchronizes with the replica that listens at an address: a name, IPv4 or IPv6.
  ///
  /// Throws ``ConnectionError``, ``SessionError`` or ``StoreError``; what was committed before stays.
  package func synchronize(
    with host: String, port: Int, _ direction: SyncDirection = .both,
    connectSeconds: Int = Limits.authenticationSeconds,
    progress: @escaping @Sendable (SessionProgress) -> Void = { _ in }
  ) async throws -> SessionResult {
    let connection: Connection
    do {
      connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connectTimeout(.seconds(Int64(connectSeconds)))
        .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        .connect(host: host, port: port) { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.asConnection(silence: Silence(limit: silence))
          }
        }
    } catch {
      throw ConnectionError(connecting: "\(host):\(port)", error, seconds: connectSeconds)
    }
    return try await runAsInitiator(
      direction, over: connection, line: "\(host):\(port)", progress: progress)
  }
}

extension ConnectionError {
  fileprivate init(connecting address: String, _ error: any Error, seconds: Int) {
    switch error {
    case let error as NIOConnectionError:
      if let first = error.connectionErrors.first {
        self.init(connecting: address, first.error, seconds: seconds)
      } else {
        self = .unreachable(address: address, reason: "the name is not known")
      }
    case ChannelError.connectTimeout: self = .silent(seconds: seconds)
    case let error as IOError:
      self = .unreachable(address: address, reason: SystemReason.text(ofCode: error.errnoCode))
    default: self = .unreachable(address: address, reason: SystemReason.text(of: error))
    }
  }
}
