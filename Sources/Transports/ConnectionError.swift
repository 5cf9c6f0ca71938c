import Coding

/// Why a connection to another replica fails. What was committed before stays.
public enum ConnectionError: Error, Sendable, Equatable {
  /// Nobody answers at this address: the system's reason.
  case unreachable(address: String, reason: String)
  /// No answer, or no further word, within this time.
  case silent(seconds: Int)
  /// The other side is no replica of this library, or closed before it had proved to be one.
  case notAMember
  /// The connection ended before the session did.
  case closed
  /// Bytes arrived that nobody sent: a record or a frame fails its check.
  case damaged
  /// A frame does not read.
  case malformed(CodingError)
  /// An address to listen on cannot be had.
  case cannotListen(address: String, reason: String)
  /// A command that should have carried the session could not be run.
  case command(String, reason: String)
  /// It ended with this status before the session did.
  case commandEnded(String, status: Int32)
  /// Something else than a session came out of it first, as when a login prints a greeting.
  case chatter(beginning: String)
}
