import Documents

extension PictureKind {
  /// The kind of a picture that every reader of books shows; nil for another, and for what is none.
  static func shownInBooks(_ bytes: [UInt8]) -> PictureKind? {
    PictureKind(of: bytes).flatMap { [.png, .jpeg, .gif].contains($0) ? $0 : nil }
  }

  var ending: String { self == .jpeg ? "jpg" : rawValue }
  var mediaType: String { "image/\(rawValue)" }
}
