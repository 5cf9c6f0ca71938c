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
  private let networkAddresses: @Sendable () throws -> [String]

  /// - Parameter networkAddresses: gives those by which other devices reach this machine.
  init(
    _ library: Library, _ options: WebReader.Options, _ limits: WebLimits = WebLimits(),
    clock: WebClock = WebClock(),
    networkAddresses: @escaping @Sendable () throws -> [String] = LocalNetwork.addresses
  ) {
    (self.library, self.options, self.limits) = (library, options, limits)
    (self.clock, self.networkAddresses) = (clock, networkAddresses)
  }

  func run(_ onListening: @Sendable (Door) async throws -> Void) async throws {
    let place = try place()
    let server = try await WebServer(address: place.address, port: options.port)
    let service = await service(port: server.port, place)
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
  /// Where it is listened.
  private struct Place {
    let address: String
    /// By which this machine reaches it.
    let own: String
    /// By which other devices do; none where they are not to.
    var network: [String] = []
  }

  private func place() throws -> Place {
    guard options.network == .none else {
      let addresses = try networkAddresses()
      guard !addresses.isEmpty else {
        throw LibraryError.invalid("this machine has no address in a private network")
      }
      return Place(address: "0.0.0.0", own: OwnAddresses.loopback, network: addresses)
    }
    // One address has many spellings, of which browsers send one.
    let address = try? SocketAddress(ipAddress: options.address, port: 0).ipAddress
    guard let address, address == "::1" || address.hasPrefix("127.") else {
      throw LibraryError.invalid(
        "\(options.address) is no address of this machine alone, such as 127.0.0.1 and ::1")
    }
    return Place(address: address, own: address)
  }

  private func service(port: Int, _ place: Place) async -> WebService {
    let gatekeeper = Gatekeeper(
      addresses: OwnAddresses(place.own, network: place.network, port: port),
      prefix: RandomName.text(bits: 80), key: RandomName.text(bits: 160),
      doorkeeper: Doorkeeper(now: clock.now))
    let door = Door(
      address: place.address, port: port, networkAddress: place.network.first,
      gatekeeper: gatekeeper, networkWrites: options.network == .writes)
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
