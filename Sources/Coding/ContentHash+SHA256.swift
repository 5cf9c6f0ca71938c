import Crypto
import Replication

extension ContentHash {
  /// The SHA-256 (FIPS 180-4) of a body.
  public init(of bytes: [UInt8]) {
    self.init(digest: SHA256.hash(data: bytes))
  }

  public init(of bytes: ArraySlice<UInt8>) {
    var hash = RunningHash()
    hash.update(bytes)
    self = hash.finish()
  }

  init(digest: SHA256.Digest) {
    guard let hash = ContentHash(bytes: Array(digest)) else {
      preconditionFailure("a SHA-256 is thirty-two bytes")
    }
    self = hash
  }
}

/// SHA-256 over parts, for what is too large to hold at once.
public struct RunningHash: Sendable {
  private var hash = SHA256()

  public init() {}

  public mutating func update(_ bytes: [UInt8]) { hash.update(data: bytes) }

  public mutating func update(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  /// The hash of all parts so far.
  public func finish() -> ContentHash { ContentHash(digest: hash.finalize()) }
}
