import Files
import NIOCore
import Satchel

/// One run of the server, from listening to its end.
struct WebRun {
  private let library: Library
  private let options: WebReader.Options
  private let limits: WebLimits
  private let activity = Activity()

  init(_ library: Library, _ options: WebReader.Options, _ limits: WebLimits = WebLimits()) {
    (self.library, self.options, self.limits) = (library, options, limits)
  }

  func run(_ onListening: @Sendable (Door) async -> Void) async throws {
    let server = try await WebServer(address: options.address, port: options.port)
    let gatekeeper = Gatekeeper(
      addresses: OwnAddresses([options.address], port: server.port),
      prefix: RandomName.text(bits: 80), key: RandomName.text(bits: 160),
      doorkeeper: Doorkeeper())
    let desk = UploadDesk(folder: options.stateDirectory.appending("uploads"))
    await desk.clearAbandoned()
    let reader = ReaderState(prefix: gatekeeper.prefix, uploads: desk)
    let service = WebService(
      library: library, reader: reader,
      gatekeeper: gatekeeper, limits: limits, activity: activity,
      events: EventSource(
        library: library, syncing: reader.syncing,
        heartbeat: limits.heartbeat, activity: activity))
    await onListening(
      Door(address: options.address, port: server.port, gatekeeper: gatekeeper))
    do {
      try await serve(service, on: server)
    } catch {
      await reader.end()
      throw error
    }
    await reader.end()
  }

  /// Until nobody has asked for anything for long.
  private func serve(_ service: WebService, on server: WebServer) async throws {
    try await withThrowingTaskGroup { group in
      group.addTask { try await server.serve(service) }
      group.addTask { try await rest() }
      try await group.next()
      group.cancelAll()
    }
  }

  /// Returns when nobody has asked for anything for long.
  private func rest() async throws {
    while true {
      let left = await activity.rest(of: limits.rest)
      guard left > .zero else { return }
      try await Task.sleep(for: left)
    }
  }
}
