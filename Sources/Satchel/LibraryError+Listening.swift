import LibraryStore
import Transports

extension LibraryError {
  /// An address on which nobody can listen.
  ///
  /// - Parameter code: the system's number for why; nil where the address is none.
  package static func cannotListen(on address: String, code: Int32?) -> LibraryError {
    let reason = code.map { SystemReason.text(ofCode: $0) } ?? "the name is not known"
    return .connection(target: address, .cannotListen(address: address, reason: reason))
  }
}
