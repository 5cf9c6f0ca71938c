/// What a picture is by its first bytes. SVG is none of them: it is a document, which may hold scripts
/// and lead elsewhere.
public enum PictureKind: String, Sendable, CaseIterable {
  case png, jpeg, gif, webp, avif

  /// Nil for anything else.
  ///
  /// - Parameter bytes: of the file, or its beginning.
  public init?(of bytes: [UInt8]) {
    let kind = PictureKind.allCases.first { kind in
      kind.marks.contains { mark in
        mark.allSatisfy { bytes.dropFirst($0.offset).starts(with: $0.bytes) }
      }
    }
    guard let kind else { return nil }
    self = kind
  }

  private typealias Part = (offset: Int, bytes: [UInt8])

  /// Beginnings, one of which it has; each in parts.
  private var marks: [[Part]] {
    switch self {
    case .png: [[(0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])]]
    case .jpeg: [[(0, [0xFF, 0xD8, 0xFF])]]
    case .gif: [[(0, Array("GIF87a".utf8))], [(0, Array("GIF89a".utf8))]]
    case .webp: [[(0, Array("RIFF".utf8)), (8, Array("WEBP".utf8))]]
    case .avif: [[(4, Array("ftypavif".utf8))], [(4, Array("ftypavis".utf8))]]
    }
  }
}
