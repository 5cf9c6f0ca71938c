import Files

/// Where a page lies below the imported folder, such as `channel/12345.md`.
package struct PagePath: Sendable, Hashable {
  /// Never absolute.
  package let relative: FilePath

  package init(_ relative: FilePath) {
    self.relative = relative
  }

  /// As people are shown it.
  package var shown: String { relative.shown }

  /// The file's name with its extension, as people are shown it.
  package var name: String { PathText.shown(relative.nameBytes) }

  /// The file's name without its extension, as people are shown it.
  package var stem: String {
    let name = name
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The name of the folder that holds the page, as people are shown it; nil directly below the
  /// imported folder.
  package var folderName: String? { relative.removingLastComponent().lastComponent?.shown }

  /// The kind of page the extension promises; nil if it is not a page's.
  package var kind: PageKind? { PageKind(fileName: name) }

  /// Whether its extension is an image's.
  package var isImage: Bool { ImageKind.isImage(fileName: name) }

  /// Whether its name, or that of a folder it lies in, begins with a period.
  package var isHidden: Bool { relative.bytes.split(separator: 0x2F).contains { $0.first == 0x2E } }
}

extension PagePath: Comparable {
  /// By the bytes of the path, so that every machine imports in the same order.
  package static func < (left: PagePath, right: PagePath) -> Bool {
    left.relative.bytes.lexicographicallyPrecedes(right.relative.bytes)
  }
}

/// The kinds of file that are pages.
package enum PageKind: Sendable {
  case markdown
  case html
  /// A page of HTML with its pictures in one file.
  case mhtml
  case text

  /// The kind by the name's extension in either case; nil if the file is not a page.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    let ending = fileName[fileName.index(after: dot)...].lowercased()
    guard let kind = PageKind.endings.first(where: { $0.name == ending })?.kind else { return nil }
    self = kind
  }

  /// The kind that a page's name promises, but for what begins as a saved page and is no Markdown or text
  /// by its name.
  init(of bytes: [UInt8], named path: PagePath) {
    let kind = path.kind
    let mayBeSaved = kind == nil || kind == .html
    self =
      mayBeSaved && MHTMLFile.isLike(bytes[...].prefix(FormatSample.length))
      ? .mhtml : kind ?? .markdown
  }

  /// What pages' names end with, without the dot.
  static let extensions = endings.map(\.name)

  private static let endings: [(name: String, kind: PageKind)] = [
    ("md", .markdown), ("markdown", .markdown), ("html", .html), ("htm", .html), ("mhtml", .mhtml),
    ("mht", .mhtml), ("txt", .text),
  ]
}
