/// The kinds of picture that every reader of books shows, known by their first bytes.
enum PictureKind: String {
  case png, jpeg, gif

  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: "GIF8".utf8) {
      self = .gif
    } else {
      return nil
    }
  }

  var ending: String { self == .jpeg ? "jpg" : rawValue }
  var mediaType: String { "image/\(rawValue)" }
}
