/// A way to write text as bytes, by the name that WHATWG's Encoding Standard gives it, such as
/// `gb18030`, `big5` or `windows-1252`.
///
/// UTF-8 and UTF-16 are decoded here and the same everywhere. All others are decoded by the system's
/// `iconv`: what the standards behind them define is the same on every system, while single rare
/// characters that vendors added (private use in GB18030, a few signs of Shift_JIS and EUC-JP) may
/// differ between glibc, musl and macOS. What is stored is the UTF-8 that one system made of it, so
/// replicas never decode anew.
public struct TextEncoding: Hashable, Sendable {
  public let name: String

  public static let utf8 = TextEncoding(name: "utf-8")
  public static let utf16LittleEndian = TextEncoding(name: "utf-16le")
  public static let utf16BigEndian = TextEncoding(name: "utf-16be")

  /// The encoding that a page or a person calls so, in whatever case; nil for any other word.
  public init?(label: String) {
    let label = String(lowercasingASCII: Array(label.utf8)[...].trimmed())
    guard let name = EncodingLabels.names[label] else { return nil }
    self.name = name
  }

  private init(name: String) { self.name = name }
}

extension TextEncoding {
  /// The text as UTF-8, without a byte order mark where it was UTF-16.
  public func decoded(_ bytes: [UInt8]) throws(EncodingError) -> [UInt8] {
    switch self {
    case .utf8:
      if let offset = UTF8Check.firstMalformed(in: bytes) { throw .malformed(offset: offset) }
      return bytes
    case .utf16LittleEndian: return try UTF16Decoder.decoded(bytes, isBigEndian: false)
    case .utf16BigEndian: return try UTF16Decoder.decoded(bytes, isBigEndian: true)
    default:
      guard let decoder = Iconv(from: EncodingLabels.iconvNames(of: name)) else {
        throw .unavailable
      }
      return try decoder.decoded(bytes)
    }
  }
}

/// Why bytes cannot be decoded.
public enum EncodingError: Error, Equatable, Sendable {
  /// At the offset no character of the encoding begins, or one that is cut off.
  case malformed(offset: Int)
  /// The system has no decoder: glibc's lie in files of their own (`gconv`), which small systems
  /// leave out.
  case unavailable
}
