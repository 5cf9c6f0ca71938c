import Replication
import SyncSession
import Transports

/// What happens while a library is served.
public enum ServeEvent: Sendable {
  /// It listens; the port is the one that was taken where 0 was asked for.
  case listening(address: String, port: Int)
  /// A session with a member ended.
  case served(address: String, SessionResult)
  /// A session with a member failed, one of many; what was committed stays.
  case failed(address: String, LibraryError)
  /// Somebody connected and did not prove to be a member.
  case strangerLeft(address: String)
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
  ///
  /// Throws `connection` where the address cannot be had.
  public func serve(
    on address: String = "::", port: Int = Library.defaultPort, once isOnce: Bool = false,
    onEvent: @escaping @Sendable (ServeEvent) -> Void
  ) async throws(LibraryError) {
    do {
      try await store.ensureIdentity(now: now())
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

extension ServeEvent {
  fileprivate init(_ event: SyncServer.Event) {
    switch event {
    case .listening(let address, let port): self = .listening(address: address, port: port)
    case .served(let address, let result): self = .served(address: address, result)
    case .failed(let failure):
      self = .failed(address: failure.address, LibraryError(failure))
    case .strangerLeft(let address): self = .strangerLeft(address: address)
    }
  }
}
