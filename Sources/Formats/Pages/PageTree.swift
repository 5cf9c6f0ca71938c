import Documents
import Files

/// Pages that were listed, and how they and the images beside them are read: those of a folder, or of
/// a commit.
package struct PageTree: Sendable {
  /// In the byte order of their paths.
  package var pages: [PagePath]
  package let leftOut: [FormatItem]
  let read: @Sendable (PagePath) throws(SkipReason) -> [UInt8]
  let image: @Sendable (FilePath) -> [UInt8]?
  /// How many bytes a page has; 0 where nobody knows before it is read.
  private(set) var length: @Sendable (PagePath) -> Int = { _ in 0 }

  /// - Parameters:
  ///   - leftOut: what was listed and is no page that can be read.
  ///   - read: the bytes of a page, of which there are no more than a page of its kind may have.
  ///   - image: the bytes of the image at a path; nil if there is none that can be taken along.
  package init(
    pages: [PagePath], leftOut: [FormatItem] = [],
    read: @escaping @Sendable (PagePath) throws(SkipReason) -> [UInt8],
    image: @escaping @Sendable (FilePath) -> [UInt8]?
  ) {
    (self.pages, self.leftOut, self.read, self.image) = (pages, leftOut, read, image)
  }

  /// The pages of a file or folder. Throws if nothing lies there, or if the folder cannot be listed.
  package init(at path: FilePath) throws(SkipReason) {
    let folder = try PageFolder(at: path)
    try self.init(folder, folder.listing())
  }

  /// The pages of a folder that was listed. Throws if it could not be.
  package init(_ folder: PageFolder, _ listing: PageListing) throws(SkipReason) {
    if let unread = listing.skipped.first(where: { $0.path.relative.isEmpty }) {
      throw unread.reason
    }
    self.init(
      pages: listing.pages,
      leftOut: listing.skipped.map { FormatItem(at: $0.path.shown, $0.reason) },
      read: { (page) throws(SkipReason) in try folder.read(page) }, image: folder.image)
    length = { Int(folder.status(of: $0)?.length ?? 0) }
  }
}
