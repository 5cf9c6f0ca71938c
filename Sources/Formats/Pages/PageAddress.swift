import Articles
import Documents

/// The address that a page gives as its own.
enum PageAddress {
  /// The address, if it is an absolute one of the web: all of the text, since an address that was
  /// cut at a space or a quote would be other pages' as well.
  static func of(_ text: String) -> String? {
    let bytes = Array(text.utf8)[...].trimmed()
    let address = String(decoding: bytes, as: UTF8.self)
    guard bytes.count <= OriginalURL.lengthLimit, CanonicalURL.host(of: address) != nil else {
      return nil
    }
    return address
  }
}
