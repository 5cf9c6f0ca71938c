import Coding
import Sealing

@testable import Transports

/// An open bundle taken apart, to be put together again with right checksums and signature.
struct OpenBundle {
  struct Part: Sendable {
    let kind: Frame.Kind
    var payload: [UInt8]
  }

  /// All but the trailer.
  let frames: [Part]

  init(_ frames: [Part]) {
    self.frames = frames
  }

  init(_ bytes: [UInt8]) throws {
    var frames: [Part] = []
    var rest = bytes[BundleFormat.preambleLength...]
    while !rest.isEmpty {
      let header = try FrameHeader(Array(rest.prefix(Frame.headerLength)))
      rest = rest.dropFirst(Frame.headerLength)
      let frame = try header.frame(stored: Array(rest.prefix(header.storedLength)))
      rest = rest.dropFirst(header.storedLength)
      frames.append(Part(kind: frame.kind, payload: try frame.payload()))
    }
    self.frames = frames.dropLast()
  }

  /// With right checksums, a right table and a right signature.
  func bytes(key: LibrarySigningKey) throws -> [UInt8] {
    var bytes = BundleFormat.magic + [0, 1, 0, 1]
    var entries: [BundleTrailer.Entry] = []
    for part in frames {
      let frame = try Frame(part.kind, payload: part.payload)
      entries.append(BundleTrailer.Entry(kind: frame.kind, storedLength: frame.stored.count))
      bytes += frame.header + frame.stored
    }
    var hash = RunningHash()
    hash.update(bytes)
    let trailer = BundleTrailer(entries, of: hash, key: key)
    let frame = try Frame(.trailer, payload: trailer.payload)
    return bytes + frame.header + frame.stored
  }
}
