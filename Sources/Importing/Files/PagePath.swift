/// Where a page lies below the imported folder, such as `channel/12345.md`.
public struct PagePath: Sendable, Hashable {
  /// The path with `/` between its parts, never absolute.
  public let relative: String

  public init(_ relative: String) {
    self.relative = relative
  }

  /// The file's name with its extension.
  public var name: String { components.last.map(String.init) ?? relative }

  /// The file's name without its extension.
  public var stem: String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The name of the folder that holds the page; nil directly below the imported folder.
  public var folderName: String? { components.dropLast().last.map(String.init) }

  /// The kind of page the extension promises; nil if it is not a page's.
  public var kind: PageKind? { PageKind(fileName: name) }

  var components: [Substring] { relative.split(separator: "/") }
}

extension PagePath: Comparable {
  /// By the bytes of the path, so that every machine imports in the same order.
  public static func < (left: PagePath, right: PagePath) -> Bool {
    left.relative.utf8.lexicographicallyPrecedes(right.relative.utf8)
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
