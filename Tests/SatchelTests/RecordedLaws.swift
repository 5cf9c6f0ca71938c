import Articles
import Foundation
import LibraryStore
import Replication
import Satchel
import TestSupport
import Testing

/// Two replicas take in one export file apart, in any order with what is done by hand: they agree,
/// nothing is in conflict with itself, and nothing that was done by hand is lost (Protocol 5.5).
struct RecordedLaws {
  /// What a hand did last to an article's mark, and when by the household's clock.
  private struct Hand {
    var starred: (Bool, Int)?
    var tag: (Bool, Int)?
    var note: String?
  }

  /// One history: an export file of a few articles, and two replicas.
  private struct Story {
    let house: Household
    let libraries: [Library]
    let file: [ArticleDraft]
    var generator: SeededGenerator
    var hands: [[String: Hand]] = [[:], [:]]
    var step = 0

    init(seed: UInt64) async throws {
      house = try Household()
      let study = try await house.create("study")
      libraries = [study, try await house.join(study, as: "kitchen")]
      generator = SeededGenerator(seed: seed)
      var drafts: [ArticleDraft] = []
      for number in 1...4 {
        var draft = ArticleDraft(title: "T\(number)", url: "https://example.org/\(number)")
        if Bool.random(using: &generator) {
          draft.body = Array("hot tea \(number)".utf8)
          draft.state.highlights = [HighlightDraft(quote: "tea"), HighlightDraft(quote: "gone")]
        }
        draft.isRecorded = true
        draft.tags = ["file"]
        draft.state.isStarred = true
        draft.state.isRead = Bool.random(using: &generator)
        draft.state.progressPercent = 30
        draft.state.note = "from the file"
        // One tells no time, and one a time that has not come.
        draft.state.addedMilliseconds = [nil, 1_400_000_000_000, 4_000_000_000_000, 5][number - 1]
        drafts.append(draft)
      }
      file = drafts
    }

    mutating func act() async throws {
      step += 1
      let at = Int.random(in: 0...1, using: &generator)
      let library = libraries[at]
      let url = file.randomElement(using: &generator)?.url ?? ""
      let row = try await library.articles(.all).first { $0.article.url == url }
      switch Int.random(in: 0..<8, using: &generator) {
      case 0...2: _ = try await library.add(file)
      case 3:
        _ = try await library.add(
          ArticleDraft(title: "By hand", format: .text, body: Array("A page".utf8)).at(url))
      case 4:
        guard let row else { return }
        _ = try await library.mark([row.id], row.article.isStarred ? .unstarred : .starred)
        hands[at][url, default: Hand()].starred = (!row.article.isStarred, step)
      case 5:
        guard let row else { return }
        let isTagged = row.article.tags.contains("file")
        _ = try await library.tag([row.id], ["file"], present: !isTagged)
        hands[at][url, default: Hand()].tag = (!isTagged, step)
      case 6:
        guard let row else { return }
        _ = try await library.setNote(row.id, "by hand \(step)")
        hands[at][url, default: Hand()].note = "by hand \(step)"
      default: break
      }
    }

    func last<Value>(_ url: String, _ path: KeyPath<Hand, (Value, Int)?>) -> Value? {
      hands.compactMap { $0[url]?[keyPath: path] }.max { $0.1 < $1.1 }?.0
    }
  }

  @Test(arguments: Effort.seeds(12, 40))
  func `one file on two replicas makes no difference, and hands win`(seed: UInt64) async throws {
    let comment: Comment = "seed \(seed)"
    var story = try await Story(seed: seed)
    for _ in 0..<20 { try await story.act() }
    let (study, kitchen) = (story.libraries[0], story.libraries[1])
    for library in story.libraries {
      _ = try await library.add(story.file)
      let again = try await library.add(story.file).summary
      #expect(again.added + again.changed + again.highlights == 0, comment)
      #expect(again.unchanged == story.file.count, comment)
    }
    try await story.house.carry("1.satchel", from: study, to: kitchen)
    try await story.house.carry("2.satchel", from: kitchen, to: study)
    #expect(try await study.status().fingerprint == kitchen.status().fingerprint, comment)
    let notes = Set(story.hands.flatMap { $0.values.compactMap(\.note) })
    let rows = try await study.articles(.all)
    #expect(rows.count == story.file.count, comment)
    var shown: Set<String> = []
    for row in rows {
      let url = try #require(row.article.url)
      #expect(row.article.isStarred == story.last(url, \.starred) ?? true, comment)
      #expect(row.article.tags.contains("file") == story.last(url, \.tag) ?? true, comment)
      shown.insert(row.article.note ?? "")
    }
    // A file's note conflicts with what a hand wrote apart from it, and never with itself.
    for try await conflict in try await study.conflicts() {
      shown.insert(conflict.lost.value.text ?? "")
    }
    #expect(notes.isSubset(of: shown), comment)
    for library in story.libraries {
      #expect(try await library.check(deep: true).result().damage == [], comment)
      let before = try await library.status().fingerprint
      _ = try await library.add(story.file)
      #expect(try await library.status().fingerprint == before, comment)
    }
  }
}

extension ArticleDraft {
  fileprivate func at(_ url: String) -> ArticleDraft {
    var draft = self
    draft.url = url
    return draft
  }
}
