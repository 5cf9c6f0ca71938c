import Replication
import SyncSession
import Transports

/// What happens while a library is served.
public enum ServeEvent: Sendable {
  /// It listens; the port is the one that was taken where 0 was asked for.
  case listening(address: String, port: Int)
  /// A session with a member ended.
  case served(address: String, SessionSummary)
  /// A session with a member failed, one of many; what was committed stays.
  case failed(address: String, LibraryError)
  /// Somebody connected and did not prove to be a member.
  case strangerLeft(address: String)
}

/// What one session with a member brought and sent.
public struct SessionSummary: Sendable, Hashable {
  /// Who it was; nil where the session broke before that was told.
  public let peer: ReplicaID?
  /// Whether both knew the same, so that nothing was sent.
  public let hadNothingNew: Bool
  public let received: Flow
  public let sent: Flow
  /// All bytes that crossed the connection, handshake included.
  public let wireBytesReceived: Int
  public let wireBytesSent: Int

  /// What went one way.
  public struct Flow: Sendable, Hashable {
    public let operations: Int
    /// Those that the receiver did not have, as far as the sender can tell.
    public let newOperations: Int
    public let bodies: Int
    /// Bytes of the frames as they are stored.
    public let bytes: Int
  }
}

extension Library {
  /// The port that is used where none is named.
  public static let defaultPort = 7_282

  /// Answers the library's other replicas over TCP, many at once, until the task is cancelled: then
  /// what is being committed is finished, and it returns.
  ///
  /// - Parameters:
  ///   - address: what to listen on; `::` is every address of this machine, IPv4 too.
  ///   - port: 0 takes one that is free.
  ///   - isOnce: whether it returns after one session with a member, and throws what that threw.
  ///   - onEvent: called with what happens, as it happens.
  ///
  /// Throws `connection` where the address cannot be had.
  public func serve(
    on address: String = "::", port: Int = Library.defaultPort, once isOnce: Bool = false,
    onEvent: @escaping @Sendable (ServeEvent) -> Void
  ) async throws(LibraryError) {
    do {
      try await store.ensureIdentity(now: now())
      try await store.settleKeeping(now: now())
      let server = SyncServer(sessionHost, isOnce: isOnce) { event in onEvent(ServeEvent(event)) }
      try await server.run(address: address, port: port)
    } catch let failure as SyncServer.Failure {
      throw LibraryError(failure)
    } catch {
      throw LibraryError(error, with: "\(address):\(port)")
    }
  }

  /// Answers one replica over standard input and output, as ssh runs it on the other machine.
  public func serveStandardStreams() async throws(LibraryError) -> SyncSummary {
    let ledger = CommitLedger()
    do {
      try await store.ensureIdentity(now: now())
      try await store.settleKeeping(now: now())
      var host = sessionHost
      host.ledger = ledger
      return try await summary(of: try await host.serveStandardStreams())
    } catch {
      throw LibraryError(
        LibraryError(error, with: "standard input"), after: Committed(await ledger.committed))
    }
  }
}

extension LibraryError {
  fileprivate init(_ failure: SyncServer.Failure) {
    self.init(
      LibraryError(failure.error, with: failure.address), after: Committed(failure.committed))
  }
}

extension SessionSummary {
  fileprivate init(_ result: SessionResult) {
    peer = result.outcome?.peer.replica
    hadNothingNew = result.outcome?.agreed == true
    received = Flow(
      operations: result.received.operations.received,
      newOperations: result.received.operations.new,
      bodies: result.received.bodyCount, bytes: result.received.bytes)
    sent = Flow(
      operations: result.sent.operationCount, newOperations: result.sent.operationCount,
      bodies: result.sent.bodyCount, bytes: result.sent.bytes)
    wireBytesReceived = result.bytesRead
    wireBytesSent = result.bytesWritten
  }
}

extension ServeEvent {
  fileprivate init(_ event: SyncServer.Event) {
    switch event {
    case .listening(let address, let port): self = .listening(address: address, port: port)
    case .served(let address, let result):
      self = .served(address: address, SessionSummary(result))
    case .failed(let failure):
      self = .failed(address: failure.address, LibraryError(failure))
    case .strangerLeft(let address): self = .strangerLeft(address: address)
    }
  }
}
