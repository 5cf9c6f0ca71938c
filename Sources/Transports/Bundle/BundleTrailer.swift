import Coding
import Replication
import Sealing

/// What ends a bundle: a table of its frames, the SHA-256 of all before the trailer and of the
/// table, and the library's Ed25519 signature of that digest.
///
/// ```
/// count | count x (kind 1, stored length) | SHA-256 32 | signature 64
/// ```
struct BundleTrailer {
  struct Entry: Equatable {
    let kind: Frame.Kind
    let storedLength: Int
  }

  let entries: [Entry]
  let digest: ContentHash
  let signature: [UInt8]

  /// Signs what `hash` has seen of the file so far, and the table.
  init(_ entries: [Entry], of hash: RunningHash, key: LibrarySigningKey) {
    self.entries = entries
    digest = BundleTrailer.digest(entries, hash)
    signature = key.signature(of: digest.bytes, in: .bundle)
  }

  init(payload: [UInt8]) throws(BundleError) {
    do {
      self = try ByteReader.read(payload) { (reader: inout ByteReader) throws(CodingError) in
        try BundleTrailer(from: &reader)
      }
    } catch {
      throw .malformed("the trailer does not read (\(error))")
    }
  }

  private init(from reader: inout ByteReader) throws(CodingError) {
    var entries: [Entry] = []
    let count = try reader.count(of: "frames", eachAtLeast: 2)
    guard count <= Limits.bundleFrames + 1 else {
      throw .tooLarge(
        what: "frames", count: UInt64(count), limit: UInt64(Limits.bundleFrames + 1))
    }
    for _ in 0..<count {
      let kind = Frame.Kind(number: try reader.byte())
      let length = try reader.number()
      guard length <= Limits.frameInflatedBytes else {
        throw .tooLarge(what: "frame", count: length, limit: UInt64(Limits.frameInflatedBytes))
      }
      entries.append(Entry(kind: kind, storedLength: Int(length)))
    }
    self.entries = entries
    digest = try reader.contentHash()
    signature = try reader.array(64)
  }

  var payload: [UInt8] { BundleTrailer.table(entries) + digest.bytes + signature }

  /// Whether the trailer is of the file whose frames and hash these are.
  func matches(_ entries: [Entry], _ hash: RunningHash) -> Bool {
    self.entries == entries && digest == BundleTrailer.digest(entries, hash)
  }

  func isSigned(by library: LibraryKey) -> Bool {
    library.verifies(signature, of: digest.bytes, in: .bundle)
  }

  private static func digest(_ entries: [Entry], _ hash: RunningHash) -> ContentHash {
    var hash = hash
    hash.update(table(entries))
    return hash.finish()
  }

  private static func table(_ entries: [Entry]) -> [UInt8] {
    var writer = ByteWriter()
    writer.number(entries.count)
    for entry in entries {
      writer.byte(entry.kind.number)
      writer.number(entry.storedLength)
    }
    return writer.bytes
  }
}
