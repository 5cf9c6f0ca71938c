import NIOCore
import NIOPosix
import Satchel

/// Listens, and gives each connection a task of its own.
struct WebServer: Sendable {
  private let listener: NIOAsyncChannel<Arrival, Never>

  /// The port that was taken.
  var port: Int { listener.channel.localAddress?.port ?? 0 }

  /// Begins to listen; nothing is answered before ``serve(_:)``. Port 0 takes one that is free.
  ///
  /// A value that is not served must be closed. Throws ``LibraryError``.
  init(address: String, port: Int) async throws {
    let place = OwnAddresses.host(address, port)
    do {
      listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .serverChannelOption(.backlog, value: 128)
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .childChannelOption(.autoRead, value: false)
        .bind(host: address, port: port) { channel in
          channel.eventLoop.makeSucceededFuture(Arrival(channel))
        }
    } catch let error as IOError {
      throw LibraryError.cannotListen(on: place, code: error.errnoCode)
    } catch is SocketAddressError.UnknownHost {
      throw LibraryError.cannotListen(on: place, code: nil)
    }
  }

  /// Stops listening; for one that was not served.
  func close() async { try? await listener.channel.close() }

  /// Answers until its task is cancelled; then all connections are closed.
  func serve(_ service: WebService) async throws {
    let places = Places(service.limits.connections)
    try await listener.executeThenClose { arrivals in
      try await withThrowingDiscardingTaskGroup { connections in
        for try await arrival in arrivals {
          // One that finds no place is let go, and so closed.
          guard await places.take() else { continue }
          connections.addTask {
            await WebConnection(service: service).serve(arrival)
            await places.leave()
          }
        }
        connections.cancelAll()
      }
    }
  }
}

/// How many connections there may be.
private actor Places {
  private var free: Int

  init(_ count: Int) { free = count }

  func take() -> Bool {
    guard free > 0 else { return false }
    free -= 1
    return true
  }

  func leave() { free += 1 }
}
