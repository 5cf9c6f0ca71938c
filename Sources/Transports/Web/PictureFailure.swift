import Replication

/// Why an address gave no picture.
package enum PictureFailure: Error, Sendable, Equatable {
  /// The host has an address that is not of the public network.
  case privateAddress(host: String)
  case noSuchHost(String)
  case noConnection(host: String)
  /// The connection is not secure: the number that curl ended with.
  case notSecure(code: Int32)
  /// The connection broke: the number that curl ended with.
  case broken(code: Int32)
  case slow(seconds: Int)
  case tooLong(limit: Int)
  case status(Int)
  /// It leads to what is no address to ask.
  case redirect
  case tooManyRedirects(limit: Int)
  case noPicture

  /// Whether the address itself answered, so that it will say the same tomorrow.
  package var isAnswer: Bool {
    switch self {
    case .tooLong, .status, .redirect, .tooManyRedirects, .noPicture: true
    case .privateAddress, .noSuchHost, .noConnection, .notSecure, .broken, .slow: false
    }
  }
}

extension PictureFailure: CustomStringConvertible {
  /// Without a full stop, for people.
  package var description: String {
    switch self {
    case .privateAddress(let host): "\(host) is a private address"
    case .noSuchHost(let host): "no address is known of \(host)"
    case .noConnection(let host): "\(host) takes no connection"
    case .notSecure(let code): "the connection is not secure (curl ended with \(code))"
    case .broken(let code): "the connection broke (curl ended with \(code))"
    case .slow(let seconds): "it took longer than \(seconds) s"
    case .tooLong(let limit): "it is longer than \(Wording.number(limit >> 20)) MiB"
    case .status(let code): "the answer was \(code)"
    case .redirect: "it leads to what is no address of the web"
    case .tooManyRedirects(let limit): "it leads on more than \(limit) times"
    case .noPicture: "what came is no picture"
    }
  }
}
