import Files

/// Where a page lies below the imported folder, such as `channel/12345.md`.
public struct PagePath: Sendable, Hashable {
  /// Never absolute.
  public let relative: FilePath

  public init(_ relative: FilePath) {
    self.relative = relative
  }

  /// As people are shown it.
  public var shown: String { relative.shown }

  /// The file's name with its extension, as people are shown it.
  public var name: String { relative.lastComponent?.shown ?? "" }

  /// The file's name without its extension, as people are shown it.
  public var stem: String {
    let name = name
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The name of the folder that holds the page, as people are shown it; nil directly below the
  /// imported folder.
  public var folderName: String? { relative.removingLastComponent().lastComponent?.shown }

  /// The kind of page the extension promises; nil if it is not a page's.
  public var kind: PageKind? { PageKind(fileName: name) }
}

extension PagePath: Comparable {
  /// By the bytes of the path, so that every machine imports in the same order.
  public static func < (left: PagePath, right: PagePath) -> Bool {
    left.relative.bytes.lexicographicallyPrecedes(right.relative.bytes)
  }
}

/// The kinds of file that are pages.
public enum PageKind: Sendable {
  case markdown
  case html
  case text

  /// The kind by the name's extension in either case; nil if the file is not a page.
  public init?(fileName: String) {
    switch fileName.split(separator: ".", omittingEmptySubsequences: false).last?.lowercased() {
    case _ where !fileName.contains("."): return nil
    case "md", "markdown": self = .markdown
    case "html", "htm": self = .html
    case "txt": self = .text
    default: return nil
    }
  }
}
