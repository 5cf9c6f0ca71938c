import Files
import Formats

/// The pages and images of a commit, each with the name of its blob.
struct GitListing: Sendable {
  /// In the byte order of their paths, in which git lists them.
  private(set) var pages: [PagePath] = []
  private(set) var leftOut: [FormatItem] = []
  /// By the path as people are shown it: of pages and of images.
  private(set) var marks: [String: String] = [:]
  private(set) var images: [String] = []
  private let blobs: GitBlobs

  /// Lists a commit. Links are read, which are few.
  init(of commit: String, in repository: GitRepository) async throws {
    let entries = try await repository.entries(of: commit)
    blobs = try repository.blobs()
    var files: [FilePath: String] = [:]
    if entries.contains(where: { $0.kind == .link }) {
      for entry in entries where entry.kind == .file { files[entry.path] = entry.name }
    }
    for entry in entries {
      let path = PagePath(entry.path)
      guard !path.isHidden else { continue }
      switch entry.kind {
      case .file: add(path, entry.name)
      case .link where path.kind != nil || path.isImage: addLink(path, entry.name, files)
      case .link: break
      case .submodule:
        leftOut.append(FormatItem(at: path.shown, .passedOver(GitListing.submodule)))
      }
    }
  }

  private static let submodule = SkipReason.unreadable(
    reason: "a submodule is a repository of its own, to be imported by itself")

  private mutating func add(_ path: PagePath, _ name: String) {
    if path.kind != nil {
      pages.append(path)
    } else if path.isImage {
      images.append(path.shown)
    } else {
      return
    }
    marks[path.shown] = name
  }

  private mutating func addLink(_ path: PagePath, _ name: String, _ files: [FilePath: String]) {
    do throws(SkipReason) {
      let target = FilePath(bytes: try blobs.contents(of: name))
      guard target.isRelative,
        let place = PagePath.joined(folder: path.relative.removingLastComponent(), with: target),
        let file = files[place]
      else { throw .unreadable(reason: "it is a link that leads to no file of the commit") }
      add(path, file)
    } catch {
      leftOut.append(FormatItem(at: path.shown, error))
    }
  }

  /// These of its pages, and all its images.
  func tree(_ pages: [PagePath]) -> PageTree {
    PageTree(pages: pages, leftOut: leftOut) { [blobs, marks] (path) throws(SkipReason) in
      guard let name = marks[path.shown] else { throw .missing }
      return try blobs.contents(of: name)
    } image: { [blobs, marks] path in
      // A missing or oversized image is left out; the page that names it still counts.
      let path = PagePath(path)
      guard path.isImage, let name = marks[path.shown] else { return nil }
      return try? blobs.contents(of: name)
    }
  }
}
