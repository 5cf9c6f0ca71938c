import Foundation

/// A server has a socket for each peer, and a database for each it sends to.
enum OpenFiles {
  static func raiseLimit() {
    var limit = rlimit()
    guard getrlimit(OpenFiles.resource, &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    setrlimit(OpenFiles.resource, &limit)
  }

  #if os(Linux)
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let resource = RLIMIT_NOFILE
  #endif
}
