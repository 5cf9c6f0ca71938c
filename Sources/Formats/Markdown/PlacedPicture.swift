/// A picture that a text names by an address of the web, and where it lies beside the page.
struct PlacedPicture: Equatable {
  /// From the page's folder on.
  let path: String
  /// As the text writes it.
  let address: String

  init(path: String, address: String) {
    (self.path, self.address) = (path, address)
  }

  /// Reads what ``text`` writes; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, PlacedPicture.isAddress(String(parts[1])) else { return nil }
    self.init(path: String(parts[0]), address: String(parts[1]))
  }

  /// Both, as they stand in front matter.
  var text: String { "\(path) \(address)" }

  /// Whether a reference is an address of the web, or that of an image that was taken out of a page: no
  /// path of a file.
  static func isAddress(_ reference: String) -> Bool {
    let start = reference.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
      || reference.hasPrefix(TakenPictures.scheme)
  }
}
