import Coding
import Files
import LibraryStore
import Replication
import Sealing

/// Writes one bundle: header, frames, trailer; sealed on the way out unless it is to be open.
final class BundleWriter {
  private let name: Name
  private let output: any NewFile
  private let key: LibrarySigningKey
  private var encryptor: AgeEncryptor?
  private var hash = RunningHash()
  /// Of the bytes as they lie in the file, sealed where they are, if its name is made from them.
  private var fileHash = RunningHash()
  private var entries: [BundleTrailer.Entry] = []

  /// What a file is to be called.
  enum Name {
    case path(FilePath)
    /// Called by the SHA-256 of its bytes, in this folder of a storage.
    case hashed(any Storage, folder: FilePath, writer: String, (ContentHash) -> String)

    fileprivate func create(by sender: ReplicaID) throws(FileError) -> any NewFile {
      switch self {
      case .path(let path):
        OutputFile.clearAbandoned(in: path.folder, by: "satchel-\(sender)")
        return try NewLocalFile(at: path, for: "satchel-\(sender)")
      case .hashed(let storage, let folder, let writer, _):
        return try storage.create(in: folder, for: writer)
      }
    }
  }

  /// Begins the file with `header`.
  init(
    _ name: Name, header: BundleHeader, secret: LibrarySecret, isOpen: Bool,
    using random: RandomSource
  ) throws(BundleError) {
    self.name = name
    output = try BundleError.wrapping { () throws(FileError) in
      try name.create(by: header.sender.replica)
    }
    key = secret.signingKey
    if !isOpen {
      do {
        var random = random
        let encryptor = try AgeEncryptor(
          recipients: [secret.ageIdentity.recipient], using: &random)
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
  func finish() throws(BundleError) -> (path: FilePath, length: Int) {
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
    let path = try BundleError.wrapping { () throws(FileError) in try commit() }
    return (path, output.length)
  }

  private func commit() throws(FileError) -> FilePath {
    switch name {
    case .path(let path):
      try output.commit(as: path)
      return path
    case .hashed(let storage, let folder, _, let name):
      let name = folder.appending(name(fileHash.finish()))
      try output.commit(as: name)
      return storage.path(of: name)
    }
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
    if case .hashed = name { fileHash.update(bytes) }
    try BundleError.wrapping { () throws(FileError) in try output.write(bytes) }
  }
}
