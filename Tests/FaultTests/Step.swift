import Articles
import Files
import Formats
import LibraryStore
import Satchel

/// Something that is done with a library, and done again where it was cut off.
struct Step: Sendable, CustomStringConvertible {
  let description: String
  /// Whether the library is closed before and opened again.
  var isBehindOpening = false
  /// - Parameter attempt: 0 the first time; files that are never overwritten bear it in their names.
  let run: @Sendable (_ library: Library, _ house: House, _ attempt: Int) async throws -> Void

  init(
    _ description: String, isBehindOpening: Bool = false,
    run: @escaping @Sendable (Library, House, Int) async throws -> Void
  ) {
    self.description = description
    self.isBehindOpening = isBehindOpening
    self.run = run
  }
}

extension Step {
  /// The library is made or opened, which comes before any step.
  static let nothing = Step("opening") { _, _, _ in }

  /// All kinds of writing, each for whatever the library holds by then.
  static let all = edits + exchanges + files + care

  static let addition = Step("add") { library, _, _ in
    _ = try await library.add((1...3).map { Elsewhere.draft($0) })
  }

  private static let edits = [
    addition,
    Step("import") { library, house, _ in
      _ = try await library.importPages([house.elsewhere.pages]).result()
    },
    Step("mark") { library, _, _ in
      _ = try await library.mark(try await library.articleIDs(.first), .read)
    },
    Step("edit") { library, _, _ in
      let ids = try await library.articleIDs(.first)
      _ = try await library.edit { (edit) throws(LibraryError) in
        edit.mark(ids, .starred)
        try edit.tag(ids, ["to keep", "北京"])
      }
      if let id = ids.first { _ = try await library.setNote(id, "a note") }
    },
    Step("highlight") { library, _, _ in
      let row = try await library.article("https://example.org/2")
      _ = try await library.highlight(row, passage: "water 44 water 46", note: "wet")
    },
    Step("view") { library, _, _ in
      try await library.setView(ArticleView(name: "wet", query: "tag:news"))
    },
    Step("delete", isBehindOpening: true) { library, _, _ in
      guard let id = try await library.articleIDs(.first).last else { return }
      _ = try await library.delete([id])
      _ = try await library.restore([id])
      _ = try await library.delete([id])
    },
    Step("undo") { library, _, _ in
      do {
        _ = try await library.undo()
      } catch LibraryError.nothingToUndo {}
    },
    Step("rename") { library, _, attempt in
      try await library.rename("house-\(attempt)", of: try await library.replicaID())
    },
  ]

  private static let exchanges = [
    Step("merge") { library, house, _ in
      _ = try await library.merge([house.elsewhere.bundle]).result()
    },
    Step("bundle", isBehindOpening: true) { library, house, attempt in
      _ = try await library.createBundle(
        at: house.stick.appending("bundle-\(attempt).satchel")
      ).result()
    },
    Step("session") { library, house, _ in
      let peer = try await house.elsewhere.copyOfPeer()
      let (ports, told) = AsyncStream.makeStream(of: Int.self)
      async let served: Void = peer.serve(on: "127.0.0.1", port: 0, once: true) { event in
        if case .listening(_, let port) = event { told.yield(port) }
      }
      for await port in ports {
        told.finish()
        _ = try await library.sync(with: .host("127.0.0.1", port: port)).result()
      }
      try await served
    },
    Step("exchange") { library, house, attempt in
      _ = try await library.sync(with: .folder(house.shared)).result()
      // Something new each time: whoever writes there next clears away what was left.
      _ = try await library.add(Elsewhere.draft(5 + attempt))
      _ = try await library.sync(with: .folder(house.shared)).result()
    },
  ]

  private static let files = [
    Step("search") { library, _, _ in
      _ = try await library.search(ArticleQuery(try ArticleFilter("water"))).result()
    },
    Step("export") { library, house, _ in
      var options = ExportOptions()
      options.replacesFile = true
      let file = house.exports.appending("all.jsonl")
      _ = try await library.export(.all, as: .jsonLines, to: file, options: options).result()
      _ = try await library.export(.all, as: .markdown, to: house.exports.appending("pages"))
        .result()
    },
    Step("backup") { library, house, attempt in
      _ = try await library.backUp(to: house.stick.appending("backup-\(attempt)"))
      try await library.writeInvitation(to: house.stick.appending("invitation-\(attempt)"))
    },
  ]

  private static let care = [
    Step("compact", isBehindOpening: true) { library, _, _ in
      _ = try await library.compact(binDays: 0).result()
    },
    Step("add more") { library, _, _ in
      _ = try await library.add((21...23).map { Elsewhere.draft($0, words: 4_000) })
    },
    Step("remote", isBehindOpening: true) { library, house, _ in
      try await library.addRemote("stick", target: .folder(house.stick))
    },
    Step("check") { library, _, _ in
      _ = try await library.check(deep: true, repair: true).result()
    },
  ]
}

extension ArticleQuery {
  /// Articles that are read about first.
  fileprivate static var first: ArticleQuery {
    var query = ArticleQuery()
    query.limit = 3
    return query
  }

  fileprivate static var all: ArticleQuery { ArticleQuery(includingArchived: true) }
}
