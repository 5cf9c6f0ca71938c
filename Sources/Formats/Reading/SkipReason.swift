/// Why a file was left out of an import; the rest of the import goes on.
public enum SkipReason: Error, Sendable, Equatable {
  /// The file was named, but its extension is not that of a page.
  case notAPage(name: String)
  /// Nothing lies at the path.
  case missing
  /// The file could not be opened or read; `reason` is the system's sentence.
  case unreadable(reason: String)
  /// The file's bytes exceed the limit; nothing of it was read.
  case tooLarge(limit: Int)
  /// The file holds nothing but white space.
  case empty
  /// A NUL byte stands at the offset, so this is no text.
  case binary(offset: Int)
  /// The bytes from the offset on are not UTF-8, and the page names no other encoding; `likely` is
  /// one to try.
  case notUTF8(offset: Int, likely: String)
  /// The bytes from the offset on are not of the encoding that the page or the caller names.
  case malformed(encoding: String, offset: Int)
  /// The system has no decoder for the encoding that the page or the caller names.
  case noDecoder(encoding: String)
  /// The record has no text, and what it has for an address is none.
  case noAddress
  /// A page of a mirror holds nothing but its menus, or links to other pages.
  case noArticle
  /// The file is known by its first bytes for one of a format that no reader is here for yet.
  case unsupported(format: String)
}

extension SkipReason {
  /// Whether the page was read and holds no article, which is no failure.
  package var isNoArticle: Bool { [.empty, .noArticle].contains(self) }
}

extension SkipReason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notAPage(let name): "\(name) is no page (\(SkipReason.endings))"
    case .missing: "no such file or folder"
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .tooLarge(let limit): "too large: the limit is \(limit) bytes"
    case .empty: "empty"
    case .binary(let offset): "not text: a NUL byte at offset \(offset)"
    case .notUTF8(let offset, let likely):
      "not UTF-8 at byte offset \(offset), and it names no encoding; try --encoding \(likely)"
    case .malformed(let encoding, let offset):
      "not \(encoding) at byte offset \(offset), though it was said to be"
    case .noDecoder(let encoding):
      "this system cannot decode \(encoding); with glibc its decoders (gconv) are to be installed"
    case .noAddress: "neither a text nor an address that can be read"
    case .noArticle: "no article: nothing but a mirror's own links"
    case .unsupported(let format): "\(format): this format cannot be read yet"
    }
  }
}

extension SkipReason {
  /// What the names of files end with that can be read, as a phrase.
  private static let endings: String = {
    var endings: [String] = []
    for name in Format.readable.flatMap(\.extensions) where !endings.contains(".\(name)") {
      endings.append(".\(name)")
    }
    return endings.dropLast().joined(separator: ", ") + " or " + endings.suffix(1).joined()
  }()
}
