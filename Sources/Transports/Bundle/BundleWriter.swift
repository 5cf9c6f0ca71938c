import Coding
import Replication
import Sealing

/// Writes one bundle: header, frames, trailer; sealed on the way out unless it is to be open.
final class BundleWriter {
  private let output: OutputFile
  private let key: LibrarySigningKey
  private var encryptor: AgeEncryptor?
  private var hash = RunningHash()
  /// Of the bytes as they lie in the file, sealed where they are.
  private var fileHash = RunningHash()
  private var entries: [BundleTrailer.Entry] = []

  /// Begins the file with `header`. A bundle is sealed for `recipient`, or open where it is nil.
  init(
    _ path: String, header: BundleHeader, secret: LibrarySecret, isOpen: Bool
  ) throws(BundleError) {
    output = try OutputFile(path)
    key = secret.signingKey
    if !isOpen {
      do {
        let encryptor = try AgeEncryptor(recipients: [secret.ageIdentity.recipient])
        try writeOut(encryptor.header)
        self.encryptor = consume encryptor
      } catch let error as SealingError {
        throw .sealDamaged(error)
      } catch let error as BundleError {
        throw error
      } catch {
        preconditionFailure("sealing throws nothing else")
      }
    }
    try write(BundleWriter.preamble)
    do {
      try append(try Frame(.header, payload: header.payload))
    } catch let error as CodingError {
      throw .damaged(frame: 1, of: nil, error)
    } catch let error as BundleError {
      throw error
    } catch {
      preconditionFailure("writing throws nothing else")
    }
  }

  func append(_ frame: Frame) throws(BundleError) {
    entries.append(BundleTrailer.Entry(kind: frame.kind, storedLength: frame.stored.count))
    try write(frame.header)
    try write(frame.stored)
  }

  /// Signs, flushes and puts the file in its place; returns its path and its length in bytes.
  ///
  /// - Parameter name: the path in the same folder, made from the SHA-256 of the file's bytes.
  func finish(
    as name: (ContentHash) -> String
  ) throws(BundleError) -> (path: String, length: Int) {
    let trailer = BundleTrailer(entries, of: hash, key: key)
    do {
      let frame = try Frame(.trailer, payload: trailer.payload)
      try write(frame.header)
      try write(frame.stored)
    } catch let error as CodingError {
      throw .damaged(frame: entries.count + 1, of: nil, error)
    } catch let error as BundleError {
      throw error
    } catch {
      preconditionFailure("writing throws nothing else")
    }
    if let encryptor = encryptor.take() { try writeOut(encryptor.finish()) }
    let path = name(fileHash.finish())
    try output.commit(as: path)
    return (path, output.length)
  }

  private static var preamble: [UInt8] {
    var bytes = BundleFormat.magic
    for number in [BundleFormat.version, BundleFormat.minimumReader] {
      bytes += [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
    }
    return bytes
  }

  private func write(_ bytes: [UInt8]) throws(BundleError) {
    hash.update(bytes)
    try writeOut(encryptor?.update(bytes) ?? bytes)
  }

  private func writeOut(_ bytes: [UInt8]) throws(BundleError) {
    fileHash.update(bytes)
    try output.write(bytes)
  }
}
