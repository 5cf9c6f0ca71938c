/// Why a file was left out of an import; the rest of the import goes on.
public enum SkipReason: Error, Sendable, Equatable {
  /// The file was named, but its extension is not that of a page; `looks` is a phrase for what its
  /// first bytes look like.
  case notAPage(name: String, looks: String?)
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
  /// A quotation mark opens in a cell of the record's line and does not close.
  case unclosedQuotation(column: Int)
  /// What the record holds was not saved by its reader: `reason` says what it is.
  case notSaved(reason: String)
  /// The record is no value of JSON, or one of another kind than the format's.
  case notJSON
  /// The record begins, and the file ends before it does.
  case cutOff
  /// An archive, or a file in it, cannot be read, as `reason` says.
  case archive(reason: String)
  /// No column of a table is known for one of addresses.
  case noAddressColumn(columns: [String])
  /// A column was named that the table does not have.
  case noSuchColumn(name: String, columns: [String])
  /// It has no chapters to be read one by one.
  case noBook
  /// A page of a mirror holds nothing but its menus, or links to other pages.
  case noArticle
  /// The file is known by its first bytes for one that holds many articles.
  case ofItsOwn(format: String)
}

extension SkipReason {
  /// Whether the page was read and holds no article, which is no failure.
  package var isNoArticle: Bool {
    switch self {
    case .empty, .noArticle, .notSaved: true
    default: false
    }
  }
}

extension SkipReason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notAPage(let name, let looks):
      "\(name) is no page (\(SkipReason.endings)) and of no format that is known"
        + (looks.map { ": it looks like \($0)" } ?? "")
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
    case .unclosedQuotation(let column):
      "a quotation mark opens in its column \(column) and does not close"
    case .notSaved(let reason): reason
    case .notJSON: "it is no record that can be read"
    case .cutOff: "the file ends within it"
    case .archive(let reason): reason
    case .noAddressColumn(let columns):
      "a table in which no column is known for addresses; name one with --column url=NAME, of "
        + SkipReason.list(columns)
    case .noSuchColumn(let name, let columns):
      "it has no column \(name), but \(SkipReason.list(columns))"
    case .noBook: "it is no book, and only books have chapters (--chapters)"
    case .noArticle: "no article: nothing but a mirror's own links"
    case .ofItsOwn(let format):
      "a file of the format \(format), which is imported by itself"
    }
  }
}

extension SkipReason {
  private static func list(_ columns: [String]) -> String {
    let shown = columns.prefix(20).map { $0.prefix(60) }.joined(separator: ", ")
    return columns.count > 20 ? shown + ", …" : shown
  }

  /// What the names of pages end with, as a phrase.
  private static let endings: String = {
    var endings: [String] = []
    for name in PageKind.extensions where !endings.contains(".\(name)") {
      endings.append(".\(name)")
    }
    return endings.dropLast().joined(separator: ", ") + " or " + endings.suffix(1).joined()
  }()
}
