import Documents
import Files

/// The pages of a file or folder that is to be imported.
///
/// Hidden files and folders are passed over, and symbolic links are followed only to files that
/// lie within the folder themselves.
package struct PageFolder: Sendable {
  /// A larger file is no page, and a larger image is not taken along.
  package static let fileSizeLimit = 16 << 20
  /// A page of HTML may have images written into it, or beside it in its file, without which it is as
  /// short as any other.
  package static let savedPageLimit = 64 << 20

  /// How long a page's file may be.
  static func limit(of kind: PageKind?) -> Int {
    // What has another name may be one by its beginning.
    kind == .markdown || kind == .text ? fileSizeLimit : savedPageLimit
  }

  private let root: FilePath
  /// The file's name if a single file was named.
  private let namedFile: FilePath?

  /// - Parameter path: a file, which is then the only page, or a folder.
  package init(at path: FilePath) throws(SkipReason) {
    let resolved = try SkipReason.wrapping { () throws(FileError) in try path.real() }
    guard !resolved.isFolder, let name = resolved.lastComponent else {
      root = resolved
      namedFile = nil
      return
    }
    root = resolved.folder
    namedFile = FilePath().appending(name)
  }

  /// The candidate pages in the byte order of their paths, and what had to be left out.
  package func listing() -> PageListing {
    var listing = PageListing()
    if let namedFile {
      list(namedFile: namedFile, in: &listing)
    } else {
      list(folder: FilePath(), in: &listing)
      listing.sort()
    }
    return listing
  }

  /// What lies at a path below the folder; nil if nothing does any more.
  package func status(of path: PagePath) -> FileStatus? {
    try? FileStatus(of: place(of: path.relative), followingLinks: true)
  }

  /// The bytes of a page, whose size is checked before any of it is read.
  package func read(_ page: PagePath) throws(SkipReason) -> [UInt8] {
    let path = try contained(page.relative)
    return try SkipReason.wrapping { () throws(FileError) in
      try InputFile.contents(of: path, .found, limit: PageFolder.limit(of: page.kind))
    }
  }

  /// The image at a path below the folder; nil if there is none that can be taken along.
  package func image(at path: FilePath) -> [UInt8]? {
    guard ImageKind.isImage(fileName: path.lastComponent?.shown ?? ""),
      let place = try? contained(path)
    else { return nil }
    // A missing or oversized image is left out; the page that names it still counts.
    return try? InputFile.contents(of: place, .found, limit: PageFolder.fileSizeLimit)
  }
}

/// What an import will look at.
package struct PageListing: Sendable {
  package fileprivate(set) var pages: [PagePath] = []
  /// What may be images of pages.
  package fileprivate(set) var images: [PagePath] = []
  /// Named files that are no pages, and folders that cannot be read.
  package fileprivate(set) var skipped: [SkippedPage] = []
}

/// A file or folder that was left out, and why.
package struct SkippedPage: Sendable, Equatable {
  package let path: PagePath
  package let reason: SkipReason

  package init(path: PagePath, reason: SkipReason) {
    self.path = path
    self.reason = reason
  }
}

extension PageListing {
  fileprivate mutating func sort() {
    pages.sort()
    skipped.sort { $0.path < $1.path }
  }

  fileprivate mutating func skip(_ path: FilePath, because reason: SkipReason) {
    skipped.append(SkippedPage(path: PagePath(path), reason: reason))
  }
}

extension PageFolder {
  private func list(namedFile name: FilePath, in listing: inout PageListing) {
    let sample = FormatSample(of: place(of: name))
    if PagePath(name).kind == nil, !MHTMLFile.isLike(sample.head[...]) {
      let reason =
        Format.ownFile(sample).map { SkipReason.ofItsOwn(format: $0.name) }
        ?? .notAPage(name: name.shown, looks: FileLook.phrase(sample))
      listing.skip(name, because: reason)
    } else {
      listing.pages.append(PagePath(name))
    }
  }

  private func list(folder: FilePath, in listing: inout PageListing) {
    do {
      for name in try Folder.names(in: place(of: folder)) where name.bytes[0] != 0x2E {
        list(entry: folder.appending(name), in: &listing)
      }
    } catch {
      listing.skip(folder, because: SkipReason(error))
    }
  }

  private func list(entry path: FilePath, in listing: inout PageListing) {
    let page = PagePath(path)
    let kind = try? FileStatus(of: place(of: path), followingLinks: false).kind
    switch kind {
    case .folder: list(folder: path, in: &listing)
    case .file where page.kind != nil: listing.pages.append(page)
    case .file where page.isImage: listing.images.append(page)
    case .file where Format.mayBeOwnFile(named: page.name):
      if let format = Format.ownFile(FormatSample(of: place(of: path), .found)) {
        listing.skip(path, because: .ofItsOwn(format: format.name))
      }
    case .link where page.kind != nil:
      do {
        let place = try contained(path)
        guard (try? FileStatus(of: place, followingLinks: false))?.kind == .file else { return }
        listing.pages.append(page)
      } catch {
        listing.skip(path, because: error)
      }
    case .pipe where page.kind != nil, .socket where page.kind != nil,
      .device where page.kind != nil:
      // It would be read as a page if it were a file: whoever put it there expects to be told.
      if let kind { listing.skip(path, because: SkipReason(FileError(path, .notAFile(kind)))) }
    default: break
    }
  }

  private func place(of path: FilePath) -> FilePath { root.pushing(path) }

  /// The real path of a file; an error if links lead it out of the folder.
  private func contained(_ path: FilePath) throws(SkipReason) -> FilePath {
    let place = place(of: path)
    let real = try SkipReason.wrapping { () throws(FileError) in try place.real() }
    guard real.isWithin(root) else {
      throw .unreadable(reason: "it is a link that leads out of the imported folder")
    }
    return real
  }
}
