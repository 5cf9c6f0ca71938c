import Foundation
import Satchel

// The code of the articles in Satchel.docc and of the doc comments, compiled as a program of others
// is: with nothing but `import Satchel`. A test holds the two against each other.

private enum DocumentationSamples {
  static func create(folder: FilePath) async throws {
    let study = try await Library.create(at: folder.appending("study"), name: "study")
    _ = study
  }

  static func add(library: Library) async throws {
    let text = "# Peas\n\nThe first row.\n"
    var draft = ArticleDraft(title: "A garden", format: .markdown, body: Array(text.utf8))
    draft.url = "https://news.example.org/2026/03/garden.html"
    let id = try await library.add(draft).id
    _ = id
  }

  static func importing(library: Library, folder: FilePath) async throws {
    let summary = try await library.importPages([folder.appending("pages")]).result()
    print(summary.added, "articles;", summary.skipped.count, "files skipped")
  }

  static func edit(library: Library, id: ArticleID) async throws {
    let change = try await library.edit { (edit) throws(LibraryError) in
      edit.mark([id], .read)
      try edit.tag([id], ["garden"])
    }
    print(change.changed.count, "article changed")
  }

  static func note(library: Library, id: ArticleID) async throws {
    let shown = try await library.note(of: id)
    // ... the person writes, for an hour ...
    _ = try await library.setNote(id, "Try this in April.", over: shown)
  }

  static func carry(library: Library, folder: FilePath) async throws {
    let invitation = try await library.invitation()
    let kitchen = try await Library.join(
      invitation, at: folder.appending("kitchen"), name: "kitchen")
    let bundle = try await library.createBundle(at: folder.appending("stick.satchel")).result()
    let merged = try await kitchen.merge(bundle.paths).result()
    print(merged.newOperations, "operations were new")
  }

  static func sync(library: Library) async throws {
    let target = try SyncTarget("/media/stick/exchange")
    let summary = try await library.sync(with: target).result()
    print(summary.merged.newOperations, "operations were new")
  }

  static func receiver(library: Library, folder: FilePath) async throws {
    var options = BundleOptions()
    options.basis = .replica(try await library.replica(named: "kitchen").replica)
    let bundle = try await library.createBundle(
      at: folder.appending("for-kitchen.satchel"), options: options
    ).result()
    _ = bundle
  }

  static func follow(library: Library) async throws {
    let query = try ArticleQuery("is:unread")
    for try await rows in library.articles(matching: query) {
      print(rows.count, "unread")
    }
  }

  static func list(library: Library) async throws {
    for try await row in try await library.list(ArticleQuery()) {
      print(row.shortID, row.article.title)
    }
  }

  static func page(library: Library, id: ArticleID) async throws {
    if let row = try await library.article(id), let html = try await library.html(of: row) {
      print(html)
    }
  }

  static func text(library: Library, id: ArticleID) async throws {
    if let row = try await library.article(id), let text = try await library.plainText(of: row) {
      print(text)
    }
  }

  static func highlight(library: Library, id: ArticleID) async throws {
    if let row = try await library.article(id) {
      _ = try await library.highlight(row, passage: "the same bridge twice", note: "Euler")
      for highlight in try await library.highlights(of: row) {
        print(highlight.row.highlight.anchor.quote, highlight.place)
      }
    }
  }

  static func preview() async throws {
    let library = try await Library.inMemory()
    let text = "# Peas\n\nThe first row.\n"
    _ = try await library.add(
      ArticleDraft(title: "A garden", format: .markdown, body: Array(text.utf8)))
  }

  static func previewOfRows() {
    func show(_ rows: [ArticleRow]) {}
    var article = Article()
    article.title = "A garden"
    article.tags = ["peas"]
    if let id = ArticleID("abcdefghijklmnopqrstuvwxy4") {
      show([ArticleRow(id: id, article: article, bodyLength: 24)])
    }
  }

  // Of doc comments.

  static func library(folder: FilePath) async throws {
    let library = try await Library.create(at: folder, name: "study")
    let summary = try await library.importPages([folder.appending("pages")]).result()
    let bundle = try await library.createBundle(at: folder.appending("study.satchel")).result()
    print(summary.added, bundle.bytes)
  }

  static func edits(library: Library, ids: [ArticleID]) async throws {
    let change = try await library.edit { (edit) throws(LibraryError) in
      edit.mark(ids, .read)
      try edit.tag(ids, ["to keep"])
    }
    _ = change
  }

  static func search(library: Library) async throws {
    let found = try await library.search(ArticleQuery("tea OR coffee is:unread")).result()
    print(found.matches)
  }

  static func meant() throws {
    let filter = try ArticleFilter("is:unread tag:rail -site:example.org")
    print(filter)
  }

  static func updates(library: Library, query: ArticleQuery) async throws {
    func show(_ rows: [ArticleRow]) {}
    for try await rows in library.articles(matching: query) { show(rows) }
  }

  static func changes(library: Library) async throws {
    for try await revision in library.changes() { print("revision", revision) }
  }
}

#if canImport(SwiftUI)
  import SwiftUI

  struct UnreadView: View {
    let library: Library
    @State private var rows: [ArticleRow] = []

    var body: some View {
      List(rows) { row in
        Text(row.article.title)
      }
      .task {
        let query = try ArticleQuery("is:unread")
        do {
          for try await rows in library.articles(matching: query) { self.rows = rows }
        } catch {
          rows = []
        }
      }
    }
  }
#endif
