/// The files that may be images.
enum ImageKind {
  private static let extensions: Set<String> = [
    "png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "heic", "tif", "tiff", "ico",
  ]

  static func isImage(fileName: String) -> Bool {
    guard let dot = fileName.lastIndex(of: ".") else { return false }
    return extensions.contains(fileName[fileName.index(after: dot)...].lowercased())
  }
}
