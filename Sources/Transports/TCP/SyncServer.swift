import Foundation
import LibraryStore
import NIOCore
import NIOPosix
import Replication
import SyncSession

/// Answers replicas of one library over TCP: many at once, each in a task of its own.
package struct SyncServer: Sendable {
  private let host: SessionHost
  private let isOnce: Bool
  private let onEvent: @Sendable (Event) -> Void

  /// What happens while it serves. Addresses are the peers', for people.
  package enum Event: Sendable {
    case listening(address: String, port: Int)
    /// A session ended; what it did, and with whom.
    case served(address: String, SessionResult)
    /// A session failed after its peer had proved to be a member; with `isOnce` it is thrown.
    case failed(Failure)
    /// A connection ended that had proved nothing.
    case strangerLeft(address: String)
  }

  /// What a session failed with, and what it had committed by then.
  package struct Failure: Error {
    package let address: String
    package let error: any Error
    package let committed: MergeResult
  }

  /// - Parameter isOnce: whether it ends after the first session with a member.
  package init(
    _ host: SessionHost, isOnce: Bool = false, onEvent: @escaping @Sendable (Event) -> Void
  ) {
    self.host = host
    self.isOnce = isOnce
    self.onEvent = onEvent
  }

  /// Listens until its task is cancelled, or once. Port 0 takes one that is free.
  ///
  /// Cancelled, it stops listening, ends the sessions under way after what they are committing, and
  /// returns. Throws ``ConnectionError/cannotListen(address:reason:)``, and with `isOnce` a
  /// ``Failure`` where the session failed.
  package func run(address: String, port: Int) async throws {
    let listener = try await listen(address, port)
    onEvent(.listening(address: address, port: listener.channel.localAddress?.port ?? port))
    let (first, ended) = AsyncThrowingStream<Void, any Error>.makeStream()
    do {
      try await listener.executeThenClose { arrivals in
        try await withThrowingTaskGroup { group in
          group.addTask { try await accept(arrivals, ended) }
          if isOnce { group.addTask { for try await _ in first { return } } }
          try await group.next()
          group.cancelAll()
        }
      }
    } catch is CancellationError {
      // Being told to stop is how serving ends.
      return
    } catch let failure as Failure where failure.error is CancellationError {
      return
    }
  }

  private func accept(
    _ arrivals: NIOAsyncChannelInboundStream<Arrival>,
    _ ended: AsyncThrowingStream<Void, any Error>.Continuation
  ) async throws {
    let strangers = Strangers()
    try await withThrowingDiscardingTaskGroup { sessions in
      for try await arrival in arrivals {
        // Here and not in their tasks, which begin in any order: the newest is the one that stays.
        await strangers.enter(arrival.channel)
        sessions.addTask { await serve(arrival, strangers, ended) }
      }
      sessions.cancelAll()
    }
  }

  private func serve(
    _ arrival: Arrival, _ strangers: Strangers,
    _ ended: AsyncThrowingStream<Void, any Error>.Continuation
  ) async {
    let channel = arrival.channel
    let address = channel.remoteAddress?.plainAddress ?? "?"
    guard let connection = try? await arrival.connection(silence: host.silence) else {
      await strangers.leave(channel)
      return onEvent(.strangerLeft(address: address))
    }
    let deadline = channel.deadline(host.authentication)
    let ledger = CommitLedger()
    var host = host
    host.ledger = ledger
    do {
      let result = try await host.runAsResponder(over: connection) { standing in
        if standing == .member { deadline.cancel() }
        await strangers.move(channel, to: standing)
      } progress: { _ in
      }
      onEvent(.served(address: address, result))
      ended.yield()
    } catch {
      deadline.cancel()
      guard await strangers.leave(channel) else { return onEvent(.strangerLeft(address: address)) }
      let failure = Failure(
        address: address, error: error, committed: await ledger.committed)
      if !isOnce { onEvent(.failed(failure)) }
      ended.finish(throwing: failure)
    }
  }

  private func listen(
    _ address: String, _ port: Int
  ) async throws -> NIOAsyncChannel<Arrival, Never> {
    let place = address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    do {
      return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .serverChannelOption(.backlog, value: 1_024)
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .childChannelOption(.autoRead, value: false)
        .bind(host: address, port: port) { channel in
          channel.eventLoop.makeSucceededFuture(Arrival(channel))
        }
    } catch let error as IOError {
      throw ConnectionError.cannotListen(
        address: place, reason: SystemReason.text(ofCode: error.errnoCode))
    } catch is SocketAddressError.UnknownHost {
      throw ConnectionError.cannotListen(address: place, reason: "the name is not known")
    } catch {
      throw ConnectionError.cannotListen(address: place, reason: SystemReason.text(of: error))
    }
  }
}

extension SocketAddress {
  /// As people know it: an IPv4 address that arrived over IPv6 is one of IPv4.
  fileprivate var plainAddress: String? {
    guard let address = ipAddress, address.hasPrefix("::ffff:"), address.contains(".") else {
      return ipAddress
    }
    return String(address.dropFirst("::ffff:".count))
  }
}
