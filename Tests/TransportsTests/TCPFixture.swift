import Foundation
import LibraryStore
import Synchronization
import Testing

@testable import Transports

extension BundleFixture {
  /// One replica, ready to hold sessions.
  func host(_ store: ReplicaStore) -> SessionHost {
    var host = SessionHost(store, secret: secret) { BundleFixture.now }
    // A machine that is busy with other tests is no stranger.
    host.authentication = .seconds(60)
    return host
  }

  /// One session over TCP, in which `one` calls `other`.
  @discardableResult
  func session(
    _ one: ReplicaStore, _ other: ReplicaStore, _ direction: SyncDirection = .both,
    at address: String = "127.0.0.1"
  ) async throws -> SessionResult {
    try await host(other).serving(at: address) { server in
      try await host(one).synchronize(with: address, port: server.port, direction)
    }
  }
}

/// Where a server listens, and what it has reported.
final class TestServer: Sendable {
  let port: Int
  private let events: EventLog

  fileprivate init(port: Int, events: EventLog) {
    self.port = port
    self.events = events
  }

  var served: [SessionResult] { events.all.compactMap(\.served) }
  var failures: [any Error] { events.all.compactMap(\.failure) }
  var strangers: Int { events.all.count { if case .strangerLeft = $0 { true } else { false } } }
}

extension SessionHost {
  /// Serves on a free port while `body` runs.
  @discardableResult
  func serving<Result: Sendable>(
    at address: String = "127.0.0.1", isOnce: Bool = false,
    _ body: (TestServer) async throws -> Result
  ) async throws -> Result {
    let events = EventLog()
    return try await withThrowingTaskGroup { group in
      group.addTask {
        let server = SyncServer(self, isOnce: isOnce) { events.append($0) }
        try await server.run(address: address, port: 0)
      }
      guard try await eventually({ events.port != nil }), let port = events.port else {
        // Its reason is the server's.
        try await group.waitForAll()
        throw CancellationError()
      }
      let result = try await body(TestServer(port: port, events: events))
      group.cancelAll()
      try await group.waitForAll()
      return result
    }
  }
}

/// What a server reported, in its order.
final class EventLog: Sendable {
  private let events = Mutex<[SyncServer.Event]>([])

  func append(_ event: SyncServer.Event) { events.withLock { $0.append(event) } }

  var all: [SyncServer.Event] { events.withLock { $0 } }

  var port: Int? {
    guard case .listening(_, let port) = all.first else { return nil }
    return port
  }
}

extension SyncServer.Event {
  fileprivate var served: SessionResult? {
    if case .served(_, let result) = self { result } else { nil }
  }

  fileprivate var failure: (any Error)? {
    if case .failed(let failure) = self { failure.error } else { nil }
  }
}

/// Waits until a condition holds; false where it does not in a minute.
func eventually(
  _ condition: () async throws -> Bool
) async throws -> Bool {
  let end = ContinuousClock.now + .seconds(60)
  while ContinuousClock.now < end {
    if try await condition() { return true }
    try await Task.sleep(for: .milliseconds(2))
  }
  return try await condition()
}

/// Expects a condition to hold soon.
func expectEventually(
  sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
  let holds = try await eventually(condition)
  #expect(holds, sourceLocation: sourceLocation)
}
