import Documents
import Foundation

/// The pages of a file or folder that is to be imported.
///
/// Hidden files and folders are passed over, and symbolic links are followed only to files that
/// lie within the folder themselves.
public struct PageFolder: Sendable {
  /// A larger file is no page, and a larger image is not taken along.
  public static let fileSizeLimit = 16 << 20

  private let root: String
  /// The file's name if a single file was named.
  private let namedFile: String?

  /// - Parameter path: a file, which is then the only page, or a folder.
  public init(at path: String) throws(SkipReason) {
    let resolved = try FileReading.realPath(of: path)
    if FileReading.isFolder(resolved) {
      root = resolved
      namedFile = nil
    } else {
      let url = URL(fileURLWithPath: resolved)
      root = url.deletingLastPathComponent().path
      namedFile = url.lastPathComponent
    }
  }

  /// The candidate pages in the byte order of their paths, and what had to be left out.
  public func listing() -> PageListing {
    var listing = PageListing()
    if let namedFile {
      list(namedFile: namedFile, in: &listing)
    } else {
      list(folder: "", in: &listing)
      listing.sort()
    }
    return listing
  }

  /// The bytes of a page, whose size is checked before any of it is read.
  public func read(_ page: PagePath) throws(SkipReason) -> [UInt8] {
    let path = try contained(page.relative)
    return try FileReading.bytes(at: path, limit: PageFolder.fileSizeLimit)
  }

  /// The image at a path below the folder; nil if there is none that can be taken along.
  public func image(at path: String) -> [UInt8]? {
    guard ImageKind.isImage(fileName: path), let place = try? contained(path) else { return nil }
    // A missing or oversized image is left out; the page that names it still counts.
    return try? FileReading.bytes(at: place, limit: PageFolder.fileSizeLimit)
  }
}

/// What an import will look at.
public struct PageListing: Sendable {
  public fileprivate(set) var pages: [PagePath] = []
  /// Named files that are no pages, and folders that cannot be read.
  public fileprivate(set) var skipped: [SkippedPage] = []
}

/// A file or folder that was left out, and why.
public struct SkippedPage: Sendable, Equatable {
  public let path: PagePath
  public let reason: SkipReason

  public init(path: PagePath, reason: SkipReason) {
    self.path = path
    self.reason = reason
  }
}

extension PageListing {
  fileprivate mutating func sort() {
    pages.sort()
    skipped.sort { $0.path < $1.path }
  }

  fileprivate mutating func skip(_ path: String, because reason: SkipReason) {
    skipped.append(SkippedPage(path: PagePath(path), reason: reason))
  }
}

extension PageFolder {
  private func list(namedFile name: String, in listing: inout PageListing) {
    if PageKind(fileName: name) == nil {
      listing.skip(name, because: .notAPage(name: name))
    } else {
      listing.pages.append(PagePath(name))
    }
  }

  private func list(folder: String, in listing: inout PageListing) {
    do throws(SkipReason) {
      for name in try FileReading.names(in: place(of: folder)) where !name.hasPrefix(".") {
        list(entry: folder.isEmpty ? name : "\(folder)/\(name)", named: name, in: &listing)
      }
    } catch {
      listing.skip(folder, because: error)
    }
  }

  private func list(entry path: String, named name: String, in listing: inout PageListing) {
    switch FileReading.kind(of: place(of: path)) {
    case .folder: list(folder: path, in: &listing)
    case .file where PageKind(fileName: name) != nil: listing.pages.append(PagePath(path))
    case .link where PageKind(fileName: name) != nil && isContainedFile(path):
      listing.pages.append(PagePath(path))
    default: break
    }
  }

  private func place(of path: String) -> String {
    let base = root == "/" ? "" : root
    return path.isEmpty ? root : "\(base)/\(path)"
  }

  private func isContainedFile(_ path: String) -> Bool {
    guard let place = try? contained(path) else { return false }
    return FileReading.kind(of: place) == .file
  }

  /// The real path of a file; an error if links lead it out of the folder.
  private func contained(_ path: String) throws(SkipReason) -> String {
    let place = try FileReading.realPath(of: place(of: path))
    let base = root == "/" ? "/" : root + "/"
    guard place.utf8.starts(with: base.utf8) else {
      throw .unreadable(reason: "it is a link that leads out of the imported folder")
    }
    return place
  }
}
