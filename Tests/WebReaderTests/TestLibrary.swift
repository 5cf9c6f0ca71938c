import Foundation
import Satchel
import TestSupport

@testable import WebReader

/// Libraries that pages are tested over.
enum TestLibrary {
  /// Articles from two sites with a tag each, the first published first.
  static func made(_ count: Int = 3) async throws -> (library: Library, ids: [String]) {
    let library = try await Library.inMemory(name: "study")
    var ids: [String] = []
    for number in 1...max(1, count) {
      let id = try await library.add(draft(number)).id
      ids.append(try await library.shortID(of: id))
    }
    return (library, ids)
  }

  static func draft(_ number: Int) -> ArticleDraft {
    var draft = ArticleDraft(
      title: "Peas \(number)", format: .markdown, body: Array("Garden peas number \(number).".utf8))
    draft.url = "https://example.org/\(number)"
    draft.site = number.isMultiple(of: 2) ? "example.org" : "example.net"
    draft.published = "2026-03-\(number % 28 + 1 < 10 ? "0" : "")\(number % 28 + 1)"
    draft.language = "en"
    draft.tags = [number.isMultiple(of: 2) ? "even" : "odd"]
    return draft
  }

  /// Two replicas, and the folder in which they leave each other files.
  struct Pair {
    let study: Library
    let kitchen: Library
    let folder: TemporaryFolder

    var target: SyncTarget { .folder(FilePath(folder.url.path)) }

    init() async throws {
      study = try await Library.inMemory(name: "study")
      kitchen = try await Library.inMemory(
        name: "kitchen", joining: try await study.invitation())
      folder = try TemporaryFolder()
    }

    /// Until both have what either has.
    func meet() async throws {
      for library in [study, kitchen, study] {
        _ = try await library.sync(with: target).result()
      }
    }
  }
}
