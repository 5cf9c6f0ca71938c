import Articles
import Documents
import Files

/// Finds the images that lie beside a page and loads them.
enum RelativeImages {
  /// The images among the references that `images` knows, each reference once, in order.
  static func load(
    _ references: [String], at path: PagePath, using images: (FilePath) -> [UInt8]?
  ) -> [ImageDraft] {
    var seen: Set<String> = []
    return references.compactMap { reference in
      guard seen.insert(reference).inserted,
        let place = path.resolve(reference), let bytes = images(place)
      else { return nil }
      return ImageDraft(reference: reference, bytes: bytes)
    }
  }
}

extension RelativeImages {
  /// The pictures that lie where they are said to, each address once.
  static func load(
    _ pictures: [PlacedPicture], at path: PagePath, using images: (FilePath) -> [UInt8]?
  ) -> [ImageDraft] {
    var seen: Set<String> = []
    return pictures.compactMap { picture in
      guard let place = path.resolve(picture.path), let bytes = images(place),
        seen.insert(picture.address).inserted
      else { return nil }
      return ImageDraft(reference: picture.address, bytes: bytes)
    }
  }

  /// The images a body names, as written.
  static func references(in draft: ArticleDraft) -> [String] {
    let body = draft.body[...]
    return switch draft.format {
    case .markdown: MarkdownImages.references(in: body) + sources(in: body)
    case .html: sources(in: body)
    case .text: []
    }
  }

  /// The `src` of each `img`, as written.
  private static func sources(in body: ArraySlice<UInt8>) -> [String] {
    HTMLTokenizer(body).compactMap { token in
      guard case .startTag(let tag) = token, tag.name == "img" else { return nil }
      return tag.rawValue(of: "src").map { String(decoding: $0, as: UTF8.self) }
    }
  }
}

extension PagePath {
  /// The path below the imported folder that a reference in this page means.
  ///
  /// Nil for addresses, absolute paths, and paths that leave the imported folder.
  func resolve(_ reference: String) -> FilePath? {
    let path = reference.prefix { $0 != "?" && $0 != "#" }
    guard !path.isEmpty, !path.hasPrefix("/"), !path.utf8.contains(UInt8(ascii: ":")) else {
      return nil
    }
    let bytes = PagePath.percentDecoded(path)
    guard !bytes.contains(0), !bytes.contains(UInt8(ascii: "\\")) else { return nil }
    return PagePath.joined(folder: relative.removingLastComponent(), with: FilePath(bytes: bytes))
  }

  /// The path that a relative one means in a folder; nil for one that leaves the imported folder.
  package static func joined(folder: FilePath, with path: FilePath) -> FilePath? {
    guard path.isRelative else { return nil }
    var joined = folder
    for part in path.components {
      switch part.kind {
      case .regular: joined.append(part)
      case .parentDirectory: guard joined.removeLastComponent() else { return nil }
      default: break
      }
    }
    return joined.isEmpty ? nil : joined
  }

  /// `%20` and the like as the bytes they stand for, which may be no UTF-8.
  private static func percentDecoded(_ path: Substring) -> [UInt8] {
    var output: [UInt8] = []
    var rest = Array(path.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        output.append(value)
        rest = rest.dropFirst(2)
      } else {
        output.append(byte)
      }
    }
    return output
  }
}
