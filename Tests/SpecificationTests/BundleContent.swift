import Coding
import Files
import Replication
import Transports

/// All of an open bundle, as Swift reads it.
struct BundleContent {
  let header: BundleHeader
  let isSigned: Bool?
  private(set) var frames: [Frame] = []
  private(set) var operations: [Operation] = []
  private(set) var bodies: Set<ContentHash> = []

  init(_ path: String) throws {
    let reader = try BundleReader(FilePath(path), secret: nil)
    header = reader.header
    while let frame = try reader.next() {
      frames.append(frame)
      switch frame.kind {
      case .operations: operations += try OperationBlock(payload: frame.payload()).operations()
      case .bodies: bodies.formUnion(try BodyChunk(payload: frame.payload()).entries.map(\.hash))
      default: break
      }
    }
    isSigned = reader.isSigned
  }

  /// What the operations make of an empty replica.
  var fingerprint: Fingerprint {
    var replica = ReferenceReplica(id: header.sender.replica)
    replica.apply(Delta(operations: operations, statement: nil))
    return replica.fingerprint
  }
}
