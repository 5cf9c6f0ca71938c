import NIOCore
import NIOPosix
import Synchronization

@testable import Transports

/// Stands between a client and a server, counts the bytes that pass, and does to them what lines do.
final class Relay: Sendable {
  let port: Int
  private let server: Int
  private let fault: Fault?
  /// Where the connections to the server come from, in turn.
  private let sources: [String]
  private let connections = Atomic(0)
  /// How many bytes each connection carries, both ways together.
  private let maximum: Int?
  private let passed = Mutex<[Direction: [UInt8]]>([:])

  enum Direction: CaseIterable {
    case toServer, toClient
  }

  /// What happens to the first byte past so many.
  struct Fault {
    enum Kind {
      /// The line is cut.
      case cut
      /// It does not pass, nor does any after it.
      case stall
      /// One of its bits arrives changed.
      case change
    }

    let kind: Kind
    let direction: Direction
    let offset: Int

    init(_ kind: Kind, _ direction: Direction, at offset: Int) {
      self.kind = kind
      self.direction = direction
      self.offset = offset
    }
  }

  private typealias Line = NIOAsyncChannel<ByteBuffer, ByteBuffer>
  private typealias Input = NIOAsyncChannelInboundStream<ByteBuffer>
  private typealias Output = NIOAsyncChannelOutboundWriter<ByteBuffer>

  private init(port: Int, server: Int, fault: Fault?, maximum: Int?, sources: [String]) {
    self.port = port
    self.server = server
    self.fault = fault
    self.maximum = maximum
    self.sources = sources
  }

  /// Relays to a server's port while `body` runs, each connection until it has carried
  /// `maximum` bytes.
  @discardableResult
  static func relaying<Result: Sendable>(
    to server: Int, _ fault: Fault? = nil, cuttingAfter maximum: Int? = nil,
    from sources: [String] = ["127.0.0.1"],
    _ body: (Relay) async throws -> Result
  ) async throws -> Result {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.autoRead, value: false)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeSucceededFuture(Arrival(channel))
      }
    let relay = Relay(
      port: listener.channel.localAddress?.port ?? 0, server: server, fault: fault,
      maximum: maximum, sources: sources)
    return try await withThrowingTaskGroup { group in
      group.addTask {
        try await listener.executeThenClose { clients in
          try await withThrowingDiscardingTaskGroup { lines in
            for try await client in clients { lines.addTask { try await relay.carry(client) } }
            lines.cancelAll()
          }
        }
      }
      let result = try await body(relay)
      group.cancelAll()
      return result
    }
  }

  /// What has passed in one direction.
  func bytes(_ direction: Direction) -> [UInt8] { passed.withLock { $0[direction] ?? [] } }

  func count(_ direction: Direction) -> Int { bytes(direction).count }

  private func carry(_ arrival: Arrival) async throws {
    let client = try await arrival.connection(silence: .seconds(3_600))
    let number = connections.wrappingAdd(1, ordering: .relaxed).oldValue
    let source = try SocketAddress(ipAddress: sources[number % sources.count], port: 0)
    try await client.executeThenClose { fromClient, toClient in
      let server = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(to: source)
        .connect(host: "127.0.0.1", port: server) { channel in
          channel.eventLoop.makeCompletedFuture { try Line(wrappingChannelSynchronously: channel) }
        }
      try await server.executeThenClose { fromServer, toServer in
        let budget = Budget(self.maximum)
        await withTaskGroup { group in
          group.addTask { await self.pass(.toServer, from: fromClient, to: toServer, budget) }
          group.addTask { await self.pass(.toClient, from: fromServer, to: toClient, budget) }
          // Where one side ends, the line does.
          await group.next()
          group.cancelAll()
        }
      }
    }
  }

  private func pass(
    _ direction: Direction, from input: Input, to output: Output, _ budget: Budget
  ) async {
    do {
      for try await chunk in input {
        var bytes = Array(chunk.readableBytesView)
        let fate = fate(of: &bytes, direction) ?? budget.fate(of: &bytes)
        passed.withLock { $0[direction, default: []] += bytes }
        if !bytes.isEmpty { try await output.write(ByteBuffer(bytes: bytes)) }
        switch fate {
        case .cut: return
        case .stall: try await Task.sleep(for: .seconds(3_600))
        case .change, nil: break
        }
      }
    } catch {
      // Both sides learn it from the end of the line.
    }
  }

  /// What a connection may still carry.
  private final class Budget: Sendable {
    private let left: Mutex<Int>

    init(_ bytes: Int?) { left = Mutex(bytes ?? .max) }

    /// Takes what is past it away.
    func fate(of bytes: inout [UInt8]) -> Fault.Kind? {
      left.withLock { left in
        let taken = min(left, bytes.count)
        left -= taken
        let isCut = taken < bytes.count || left == 0
        bytes.removeSubrange(taken...)
        return isCut ? .cut : nil
      }
    }
  }

  /// Applies the fault where it lies within these bytes.
  private func fate(of bytes: inout [UInt8], _ direction: Direction) -> Fault.Kind? {
    guard let fault, fault.direction == direction,
      case let index = fault.offset - count(direction), bytes.indices.contains(index)
    else { return nil }
    if fault.kind == .change {
      bytes[index] ^= 1
    } else {
      bytes.removeSubrange(index...)
    }
    return fault.kind
  }
}
