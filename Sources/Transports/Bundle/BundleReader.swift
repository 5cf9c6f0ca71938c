import Coding
import Files
import Replication
import Sealing

/// Reads one bundle frame by frame, in bounded memory, checking each before it is handed on; at
/// the trailer, the whole.
package final class BundleReader {
  package let header: BundleHeader
  /// The SHA-256 of the header's payload, which names the bundle.
  package let headerDigest: ContentHash
  package let isSealed: Bool
  /// Nil until the trailer was read; then whether it bears the signature of `header.library`.
  package private(set) var isSigned: Bool?
  /// Called with frames read and in all.
  var onFrame: (Int, Int) -> Void = { _, _ in }
  private let stream: BundleStream
  private var entries: [BundleTrailer.Entry] = []

  /// Opens a bundle, with the secret that opens sealed ones.
  ///
  /// Throws `file`, `notABundle`, `newerVersion`, `sealedWithoutSecret`, `notForThisLibrary`, and
  /// whatever its first frame shows to be wrong.
  package init(_ file: any ReadableFile, secret: LibrarySecret?) throws(BundleError) {
    stream = try BundleStream(file, secret: secret)
    isSealed = stream.isSealed
    try BundleReader.checkPreamble(stream)
    let frame = try BundleReader.frame(from: stream, number: 1, of: nil)
    guard frame.kind == .header else { throw .malformed("the first frame is not a header") }
    do {
      let payload = try frame.payload()
      header = try BundleHeader(payload: payload)
      headerDigest = ContentHash(of: payload)
    } catch let error as CodingError {
      throw .damaged(frame: 1, of: nil, error)
    } catch let error as BundleError {
      throw error
    } catch {
      preconditionFailure("reading throws nothing else")
    }
    entries = [BundleTrailer.Entry(kind: .header, storedLength: frame.stored.count)]
  }

  /// The same, of a file of this machine.
  package convenience init(
    _ path: FilePath, _ origin: InputFile.Origin = .named, secret: LibrarySecret?
  ) throws(BundleError) {
    try self.init(LocalFile(path, origin), secret: secret)
  }

  /// The file's length in bytes, when it was opened.
  package var length: Int { stream.length }

  /// How many frames were handed on.
  package var framesRead: Int { entries.count - 1 }

  /// The SHA-256 of all up to here, in the clear.
  var digest: ContentHash { stream.hash.finish() }

  /// The next frame after the header; nil once the trailer has been read and found right.
  ///
  /// Throws `truncated`, `damaged`, `malformed`; a wrong signature does not throw here but makes
  /// `isSigned` false.
  package func next() throws(BundleError) -> Frame? {
    guard isSigned == nil else { return nil }
    let hashBefore = stream.hash
    let number = entries.count + 1
    let frame = try BundleReader.frame(from: stream, number: number, of: total)
    guard frame.kind == .trailer else {
      guard entries.count <= header.frameCount else {
        throw .malformed("there are more frames than the header says")
      }
      entries.append(BundleTrailer.Entry(kind: frame.kind, storedLength: frame.stored.count))
      onFrame(framesRead, header.frameCount)
      return frame
    }
    try finish(frame, hash: hashBefore)
    return nil
  }

  /// Reads whatever is left. Throws what ``next()`` and `body` throw, and `signatureRefused`.
  ///
  /// - Parameter body: is given each frame of content with its number, of which the header's is 1.
  package func readToEnd(
    _ body: (Frame, Int) throws(BundleError) -> Void = { (_, _) throws(BundleError) in }
  ) throws(BundleError) {
    var number = 1
    while let frame = try next() {
      number += 1
      try body(frame, number)
    }
    guard isSigned == true else { throw .signatureRefused }
  }

  private var total: Int { header.frameCount + 2 }

  private func finish(_ frame: Frame, hash: RunningHash) throws(BundleError) {
    let payload: [UInt8]
    do {
      payload = try frame.payload()
    } catch {
      throw .damaged(frame: total, of: total, error)
    }
    let trailer = try BundleTrailer(payload: payload)
    guard framesRead == header.frameCount, trailer.matches(entries, hash) else {
      throw .malformed("the trailer is not of this file's frames")
    }
    guard try stream.read(1).isEmpty else { throw .malformed("bytes follow the trailer") }
    let key = try? LibraryKey(bytes: header.library)
    isSigned = key.map { trailer.isSigned(by: $0) } ?? false
  }
}

extension BundleReader {
  private static func checkPreamble(_ stream: BundleStream) throws(BundleError) {
    let bytes = try stream.read(BundleFormat.preambleLength)
    guard bytes.starts(with: BundleFormat.magic.prefix(bytes.count)) else { throw .notABundle }
    guard bytes.count == BundleFormat.preambleLength else { throw .truncated(frame: 1, of: nil) }
    let minimum = UInt16(bytes[10]) << 8 | UInt16(bytes[11])
    guard minimum <= BundleFormat.version else { throw .newerVersion(minimum) }
  }

  private static func frame(
    from stream: BundleStream, number: Int, of total: Int?
  ) throws(BundleError) -> Frame {
    let bytes = try stream.read(Frame.headerLength)
    guard bytes.count == Frame.headerLength else { throw .truncated(frame: number, of: total) }
    do {
      let header = try FrameHeader(bytes)
      let stored = try stream.read(header.storedLength)
      guard stored.count == header.storedLength else {
        throw BundleError.truncated(frame: number, of: total)
      }
      return try header.frame(stored: stored)
    } catch let error as CodingError {
      throw .damaged(frame: number, of: total, error)
    } catch let error as BundleError {
      throw error
    } catch {
      preconditionFailure("reading throws nothing else")
    }
  }
}

/// A bundle's bytes in the clear, opened on the way in, and their hash so far.
private final class BundleStream {
  let isSealed: Bool
  private(set) var hash = RunningHash()
  private let file: any FileReader
  var length: Int { file.length }
  private var decryptor: AgeDecryptor?
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  /// As much as is read at once.
  private static let pieceLength = 1 << 16

  init(_ source: any ReadableFile, secret: LibrarySecret?) throws(BundleError) {
    let file = try BundleError.wrapping { () throws(FileError) in try source.open() }
    self.file = file
    let first = try BundleStream.piece(of: file)
    isSealed = first.starts(with: BundleFormat.sealedMagic)
    guard isSealed else {
      guard first.starts(with: BundleFormat.magic) else { throw .notABundle }
      buffer = first
      return
    }
    guard let secret else { throw .sealedWithoutSecret }
    decryptor = AgeDecryptor(identity: secret.ageIdentity)
    try take(first)
  }

  /// The next `count` bytes, fewer only at the end.
  func read(_ count: Int) throws(BundleError) -> [UInt8] {
    while buffer.count - position < count, !isAtEnd {
      buffer.removeFirst(position)
      position = 0
      try take(try BundleStream.piece(of: file))
    }
    let end = min(position + count, buffer.count)
    let bytes = Array(buffer[position..<end])
    position = end
    hash.update(bytes)
    return bytes
  }

  private static func piece(of file: any FileReader) throws(BundleError) -> [UInt8] {
    try BundleError.wrapping { () throws(FileError) in try file.read(upTo: pieceLength) }
  }

  private func take(_ bytes: [UInt8]) throws(BundleError) {
    isAtEnd = bytes.isEmpty
    guard isSealed else {
      buffer += bytes
      return
    }
    do {
      if isAtEnd {
        if let decryptor = decryptor.take() { buffer += try decryptor.finish() }
      } else {
        buffer += try decryptor?.update(bytes) ?? []
      }
    } catch SealingError.notForThisKey {
      throw .notForThisLibrary
    } catch SealingError.truncated {
      // The clear bytes so far are whole frames and the start of another: the reader says which.
      isAtEnd = true
    } catch {
      throw .sealDamaged(error)
    }
  }
}
