import Foundation
import Replication

/// An `http` or `https` address that can be asked for a picture.
package struct PictureAddress: Hashable, Sendable {
  /// In ASCII, without a fragment.
  package let text: String
  let host: String
  let port: Int

  /// Nil for every other scheme, what names a user, what is too long, and a host beyond ASCII.
  ///
  /// - Parameters:
  ///   - reference: as a page or an answer wrote it.
  ///   - page: the address that a relative reference is of; nil where it is of none.
  package init?(_ reference: String, on page: String? = nil) {
    guard reference.utf8.count <= Limits.urlBytes else { return nil }
    let base = page.flatMap { URL(string: PictureAddress.escaped($0)) }
    guard
      let url = URL(string: PictureAddress.escaped(reference), relativeTo: base)?.absoluteURL,
      let scheme = url.scheme?.lowercased(), let usual = ["http": 80, "https": 443][scheme],
      url.user == nil, url.password == nil, let host = url.host(percentEncoded: true),
      !host.isEmpty, !host.contains("%"), host.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
      case let port = url.port ?? usual, (1...65_535).contains(port),
      var parts = URLComponents(url: url, resolvingAgainstBaseURL: true)
    else { return nil }
    parts.fragment = nil
    guard let text = parts.string, text.utf8.count <= Limits.urlBytes else { return nil }
    self.text = text
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    self.port = port
  }

  /// White space at the ends dropped, and every byte that no address has as an escape.
  private static func escaped(_ address: String) -> String {
    let kept = address.utf8.drop { $0 <= 0x20 }
    let length = kept.count - kept.reversed().prefix { $0 <= 0x20 }.count
    return kept.prefix(length).reduce(into: "") { text, byte in
      if 0x21...0x7E ~= byte {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}
