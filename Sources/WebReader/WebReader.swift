import Files
import Satchel

/// A library's page for browsers, served on this machine (Protocol 11).
///
/// ```swift
/// try await WebReader(library).run { door in print(await door.link()) }
/// ```
public struct WebReader: Sendable {
  let library: Library

  public init(_ library: Library) { self.library = library }

  /// How it is served.
  public struct Options: Sendable {
    /// The address to listen on, by number.
    public var address = "127.0.0.1"
    /// 0 takes one that is free.
    public var port = 0
    /// Where the library's state lies on this machine, as in ``Library/Options``.
    public var stateDirectory = Library.Options().stateDirectory

    public init() {}
  }

  /// Serves until its task is cancelled, or nobody has asked for anything for an hour.
  ///
  /// - Parameter onListening: called once it listens, with what lets browsers in.
  ///
  /// Throws `connection` where the address cannot be had.
  public func run(
    _ options: Options = Options(), onListening: @Sendable (Door) async -> Void
  ) async throws(LibraryError) {
    do {
      try await WebRun(library, options).run(onListening)
    } catch let error as LibraryError {
      throw error
    } catch is CancellationError {
      // Being told to stop is how serving ends.
      return
    } catch {
      throw .unexpected(reason: String(describing: error))
    }
  }
}

/// What lets browsers in to a page that is served.
public struct Door: Sendable {
  public let address: String
  public let port: Int
  let gatekeeper: Gatekeeper

  /// A link that begins a session in one browser, once.
  public func link() async -> String { await gatekeeper.newLink() }
}
