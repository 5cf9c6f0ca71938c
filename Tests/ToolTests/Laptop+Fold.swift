import Foundation
import TestSupport
import Testing

extension Laptop {
  /// What the tool prints is what a program written from the specification alone makes of a bundle
  /// of everything, where there is Python to run it.
  func expectFold(_ note: Comment) throws {
    guard Python.isPresent else { return }
    let bundle = "\(library)-\(UUID().uuidString).satchel"
    try run("bundle", "create", "--full", "--open", bundle).expect(0)
    let script = Repository.root.appendingPathComponent("Examples/fold-bundles.py").path
    let answer = try Python.run([script, bundle], in: FileManager.default.temporaryDirectory)
    try #require(answer.code == 0, "\(answer.errors)")
    let fold = try JSONDecoder().decode(Folded.self, from: Data(answer.output.utf8))
    #expect(try fingerprint() == fold.fingerprint, note)
    let listed = try decode(Folded.List.self, "list", "--all").articles
    #expect(Set(listed) == Set(fold.articles.filter { !$0.deleted }), note)
    for article in fold.articles where !article.deleted && article.note != nil {
      let shown = try decode(Folded.Article.self, "show", try #require(article.url))
      #expect(shown.note == article.note, note)
    }
    let conflicts = try decode(Folded.Conflicts.self, "conflicts").conflicts
    // Their names have the beginnings of replicas, and the sequences.
    let hidden = conflicts.map { "\($0.lost.replica):\($0.n.split(separator: "-").last ?? "")" }
    #expect(hidden == fold.conflicts.map(\.hidden), note)
    #expect(conflicts.map(\.kept.replica) == fold.conflicts.map { "\($0.shown.prefix(32))" }, note)
  }

  private func decode<Value: Decodable>(_ type: Value.Type, _ words: String...) throws -> Value {
    let answer = try ToolResult(process(words + ["--json"]), input: nil).expect(0)
    return try JSONDecoder().decode(type, from: Data(answer.output.utf8))
  }
}

/// What both say.
private struct Folded: Decodable {
  let fingerprint: String
  let articles: [Article]
  let conflicts: [Pair]

  /// A list says nothing of notes.
  struct Article: Decodable, Hashable {
    let title: String
    let url, author, site, published, language, note: String?
    let tags: [String]
    let read, starred, archived, deleted: Bool
    let progress, rating: Int

    static func == (left: Article, right: Article) -> Bool { left.listed == right.listed }

    func hash(into hasher: inout Hasher) { hasher.combine(listed) }

    private var listed: [String?] {
      [title, url, author, site, published, language, tags.joined(separator: "\n")]
        + [read, starred, archived, deleted].map(String.init) + [progress, rating].map(String.init)
    }
  }

  struct Pair: Decodable {
    let shown: String
    let hidden: String
  }

  struct List: Decodable {
    let articles: [Article]
  }

  struct Conflicts: Decodable {
    let conflicts: [Conflict]

    struct Conflict: Decodable {
      let n: String
      let kept: Side
      let lost: Side
    }

    struct Side: Decodable {
      let replica: String
    }
  }
}
