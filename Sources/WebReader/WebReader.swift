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
    /// The address to listen on, by number: one of this machine's own.
    public var address = "127.0.0.1"
    /// 0 takes one that is free.
    public var port = 0
    /// Whether other devices are served too, on all addresses of this machine.
    public var network = Network.none
    /// Where the library's state lies on this machine, as in ``Library/Options``.
    public var stateDirectory = Library.Options().stateDirectory

    public init() {}
  }

  /// What other devices of the networks that this machine is in may do. There is no encryption on
  /// the way to them.
  public enum Network: Sendable {
    /// Nothing: they cannot connect.
    case none
    /// Read.
    case reads
    /// Read and write.
    case writes
  }

  /// Serves until its task is cancelled, or nobody has asked for anything for an hour.
  ///
  /// - Parameter onListening: called once it listens, with what lets browsers in.
  ///
  /// Throws `connection` where the address cannot be had, and `invalid` for one that others reach
  /// where ``Options/network`` does not say so.
  public func run(
    _ options: Options = Options(), onListening: @Sendable (Door) async throws -> Void
  ) async throws(LibraryError) {
    do {
      try await WebRun(library, options).run(onListening)
    } catch let error as LibraryError {
      throw error
    } catch let error as FileError {
      throw .fileNotWritten(error)
    } catch is CancellationError {
      // Being told to stop is how serving ends.
      return
    } catch {
      throw .unexpected(reason: String(describing: error))
    }
  }
}
