import Replication

extension PeerReport {
  /// The first sixteen bytes of the SHA-256 of knowledge, fingerprint and wanted bodies
  /// (Protocol 8.3): what a replica has to tell, whenever it does.
  public var digest: [UInt8] {
    var writer = ByteWriter()
    knowledge.write(to: &writer)
    writer.append(fingerprint.digest.bytes)
    writer.append(wanted.flatMap(\.bytes))
    return Array(ContentHash(of: writer.bytes).bytes.prefix(16))
  }
}
