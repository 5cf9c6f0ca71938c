import Replication

/// An image that lies in a file and is read when it is wanted: an article may have more of them than fit
/// into memory.
package struct StoredImage: Sendable {
  /// The reference exactly as the body writes it.
  package let reference: String
  package let hash: ContentHash
  private let read: @Sendable () async -> [UInt8]?

  /// - Parameters:
  ///   - hash: that of its bytes.
  ///   - read: reads it; nil if it is not there any more.
  package init(
    reference: String, hash: ContentHash, read: @escaping @Sendable () async -> [UInt8]?
  ) {
    (self.reference, self.hash, self.read) = (reference, hash, read)
  }

  /// What lies there by now, which may be another image; nil if there is none.
  package func bytes() async -> [UInt8]? { await read() }
}

extension StoredImage: Equatable {
  /// Whether both are one image under one reference.
  package static func == (left: StoredImage, right: StoredImage) -> Bool {
    left.reference == right.reference && left.hash == right.hash
  }
}
