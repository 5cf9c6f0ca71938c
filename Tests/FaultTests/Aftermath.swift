import Articles
import Files
import Foundation
import Synchronization
import TestSupport

@testable import Satchel

/// What the next run finds on a disk, and what it comes to.
struct Aftermath: Sendable {
  /// What the library held when it was opened; nil where there was none.
  private(set) var state: LibraryDigest?
  /// What the owner was told.
  private(set) var notices: [String] = []
  /// What is wrong, in words.
  private(set) var problems: [String] = []

  /// Opens the library, or makes it where there is none; looks for damage; does a step again, from its
  /// beginning; and looks for damage and for files that should not be there.
  init(of image: DiskImage, _ step: Step, _ elsewhere: Elsewhere) async {
    do {
      let folder = try TemporaryFolder.inMemory()
      try image.write(into: folder.path)
      try await look(at: House(disk: folder.path, elsewhere: elsewhere), step, image)
    } catch {
      problems.append("\(step) again: \(error)")
    }
  }

  private mutating func look(at house: House, _ step: Step, _ image: DiskImage) async throws {
    let told = Notices()
    let library = try await house.settle { told.add($0) }
    if image.holdsLibrary { state = try await LibraryDigest(of: library) }
    try await check(library, "at first")
    if image.files["library/search.sqlite"] != nil { try await search(library) }
    try await step.run(library, house, 1)
    try await check(library, "after \(step)")
    notices = told.all
    problems += House.strays(in: try DiskImage(of: house.disk)).map { "\($0) was left" }
  }

  private mutating func check(_ library: Library, _ time: String) async throws {
    let damage = try await library.check(deep: true).result().damage
    problems += damage.map { "\(time): \($0)" }
  }

  /// The index finds what the texts hold.
  private mutating func search(_ library: Library) async throws {
    var (expected, absent): (Set<ArticleID>, Set<ArticleID>) = ([], [])
    for row in try await library.articles() {
      guard let text = try await library.plainText(of: row) else {
        // The index may know what is not here any more.
        absent.insert(row.id)
        continue
      }
      if text.lowercased().contains("water") { expected.insert(row.id) }
    }
    let found = try await library.search(ArticleQuery("text:water")).result()
    let ids = Set(found.hits.map(\.article.id)).subtracting(absent)
    if ids != expected { problems.append("\(ids.count) found of \(expected.count)") }
  }
}

/// What an owner was told.
private final class Notices: Sendable {
  private let notices = Mutex<[String]>([])

  var all: [String] { notices.withLock { $0 } }

  func add(_ notice: String) { notices.withLock { $0.append(notice) } }
}

extension DiskImage {
  /// Whether a library was made here.
  var holdsLibrary: Bool { files["library/library.sqlite"] != nil }
}

extension House {
  /// Files that no rule has a place for, by Protocol 6.1: what a step leaves that was cut off, and the
  /// next one has to take away.
  static func strays(in image: DiskImage) -> [String] {
    // A secret that could not be given its name is read under its first one.
    let isUnnamed = image.files["library/secret"] == nil
    return image.files.keys.filter { path in
      guard !(isUnnamed && path == "library/secret.new") else { return false }
      let name = path.split(separator: "/").last ?? ""
      return name.hasSuffix(".tmp") || name.hasSuffix("-journal") || name.contains(".new")
        || path.hasPrefix("library/") && !libraryFiles.contains(String(name))
    }.sorted()
  }

  private static let libraryFiles: Set<String> = Set(
    ["library.sqlite", "search.sqlite"].flatMap { [$0, "\($0)-wal", "\($0)-shm"] } + ["secret"])
}
