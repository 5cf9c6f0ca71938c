import Files
import Foundation
import NIOCore
import Satchel

/// One run of the server, from listening to its end.
struct WebRun {
  private let library: Library
  private let options: WebReader.Options
  private let limits: WebLimits
  private let clock: WebClock

  init(
    _ library: Library, _ options: WebReader.Options, _ limits: WebLimits = WebLimits(),
    clock: WebClock = WebClock()
  ) {
    (self.library, self.options, self.limits) = (library, options, limits)
    self.clock = clock
  }

  func run(_ onListening: @Sendable (Door) async throws -> Void) async throws {
    let networkAddresses = try networkAddresses()
    let server = try await WebServer(
      address: networkAddresses.isEmpty ? options.address : "0.0.0.0", port: options.port)
    let service = await service(port: server.port, networkAddresses)
    do {
      let control = try controlFile(service.door)
      defer { control?.remove() }
      try await onListening(service.door)
      try await serve(service, on: server)
    } catch {
      await server.close()
      await service.reader.end()
      throw error
    }
    await service.reader.end()
  }

  /// Until nobody has asked for anything for long.
  private func serve(_ service: WebService, on server: WebServer) async throws {
    try await withThrowingTaskGroup { group in
      group.addTask { try await server.serve(service) }
      group.addTask { try await rest(service) }
      try await group.next()
      group.cancelAll()
    }
  }
}

extension WebRun {
  /// By which other devices reach this one; none where they are not to.
  private func networkAddresses() throws -> [String] {
    guard options.network == .none else {
      let addresses = try LocalNetwork.addresses()
      guard !addresses.isEmpty else {
        throw LibraryError.invalid("this machine has no address in a network")
      }
      return addresses
    }
    let address = try? SocketAddress(ipAddress: options.address, port: 0)
    guard let address, address.isLoopback else {
      throw LibraryError.invalid(
        "\(options.address) is no address of this machine alone, such as 127.0.0.1 and ::1")
    }
    return []
  }

  private func service(port: Int, _ networkAddresses: [String]) async -> WebService {
    let own = networkAddresses.isEmpty ? [options.address] : [OwnAddresses.loopback]
    let gatekeeper = Gatekeeper(
      addresses: OwnAddresses(own + networkAddresses, port: port),
      prefix: RandomName.text(bits: 80), key: RandomName.text(bits: 160),
      doorkeeper: Doorkeeper(now: clock.now))
    let door = Door(
      address: networkAddresses.isEmpty ? options.address : "0.0.0.0", port: port,
      networkAddress: networkAddresses.first, gatekeeper: gatekeeper,
      networkWrites: options.network == .writes)
    let desk = UploadDesk(
      folder: options.stateDirectory.appending("uploads"), now: clock.now)
    await desk.clearAbandoned()
    let activity = Activity(now: clock.now)
    let reader = ReaderState(prefix: gatekeeper.prefix, uploads: desk)
    return WebService(
      library: library, reader: reader, door: door, limits: limits, activity: activity,
      events: EventSource(
        library: library, syncing: reader.syncing, heartbeat: limits.heartbeat, activity: activity))
  }

  private func controlFile(_ door: Door) throws -> ControlFile? {
    try ControlFile(
      ControlFile.Content(
        address: door.networkAddress == nil ? door.address : OwnAddresses.loopback,
        port: door.port, key: door.gatekeeper.key, pid: getpid(),
        library: try library.folder.real().text),
      for: library.folder, in: options.stateDirectory)
  }

  /// How often what expired is let go.
  private static let sweep = Duration.seconds(600)

  /// Returns when nobody has asked for anything for long.
  private func rest(_ service: WebService) async throws {
    while true {
      let left = await service.activity.rest(of: limits.rest)
      guard left > .zero else { return }
      try await clock.sleep(min(left, WebRun.sweep))
      // What nobody confirmed goes in time though nobody comes.
      await service.reader.uploads.dropExpired()
    }
  }
}

extension SocketAddress {
  fileprivate var isLoopback: Bool {
    guard let text = ipAddress else { return false }
    return text == "::1" || text.hasPrefix("127.") && port != nil
  }
}
