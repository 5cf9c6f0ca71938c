import Articles
import Files
import Foundation
import LibraryStore
import Replication
import TestSupport

@testable import Satchel
@testable import SatchelTool

// What a person does.
extension World {
  mutating func edit(
    _ kind: Step.Kind, _ machine: Machine, using generator: inout SeededGenerator
  ) async throws -> String {
    let library = try await machine.library
    do {
      switch kind {
      case .addText, .addLink, .addRecorded, .addAgain, .importFiles:
        return try await add(kind, to: library, machine, using: &generator)
      case .highlight, .noteHighlight, .deleteHighlight:
        return try await highlight(kind, in: library, using: &generator)
      case .setView, .removeView, .evict, .fetch, .keep, .compact, .rename, .retire, .undo:
        return try await care(kind, for: library, using: &generator)
      case .settle: return try await settle(in: library, using: &generator)
      case .restore, .restoreText: return try await restore(kind, in: library, using: &generator)
      default:
        guard let row = try await row(of: library, using: &generator) else { return World.nothing }
        return try await change(kind, row, in: library, machine, using: &generator)
      }
    } catch let error as LibraryError {
      throw Violation(.verbsSucceed, "\(kind): \(error)", exitCode: error.exitCode)
    }
  }

  /// One of the articles that are not deleted.
  private func row(
    of library: Library, using generator: inout SeededGenerator
  ) async throws -> ArticleRow? {
    try await library.articles(.all).sorted { $0.id.key < $1.id.key }
      .randomElement(using: &generator)
  }

  private mutating func change(
    _ kind: Step.Kind, _ row: ArticleRow, in library: Library, _ machine: Machine,
    using generator: inout SeededGenerator
  ) async throws -> String {
    let id = row.id
    switch kind {
    case .setTitle, .setNote:
      let isTitle = kind == .setTitle
      guard
        let text = text(
          for: RegisterID(id.entity, isTitle ? ArticleField.title : ArticleField.note))
      else { return World.nothing }
      let change =
        try await isTitle ? library.setTitle(id, text) : library.setNote(id, text)
      return "\(change.changed.count)"
    case .openEditor:
      let isTitle = Bool.random(using: &generator)
      let shown = try await isTitle ? library.title(of: id) : library.note(of: id)
      let knowledge = machine.knowledge
      editors.append(
        (machine.number, shown, ledger.sight(of: shown.register, knowing: knowledge)))
      return "\(shown.conflicts.count)"
    case .saveEditor: return try await saveEditor(in: library, machine, using: &generator)
    case .mark:
      return
        "\(try await library.mark([id], Mark.allCases.randomElement(using: &generator) ?? .read).changed.count)"
    case .tag:
      let tag = ["北京", "caf\u{e9}", "to read"].randomElement(using: &generator) ?? ""
      let isSet = Int.random(in: 0..<3, using: &generator) > 0
      return "\(try await library.tag([id], [tag], present: isSet).changed.count)"
    case .renameTag:
      let names = try await library.tags().map(\.name).sorted()
      guard let old = names.randomElement(using: &generator) else { return World.nothing }
      return "\(try await library.renameTag(old, to: "renamed \(count % 3)").changed.count)"
    case .rate:
      let stars = Int.random(in: 0...5, using: &generator)
      return "\(try await library.rate(id, stars: stars).changed.count)"
    case .progress:
      let percent = Int.random(in: 0...100, using: &generator)
      let change =
        try await Bool.random(using: &generator)
        ? library.setProgress(id, percent: percent) : library.keepProgress(id, percent: percent)
      return "\(change.changed.count)"
    case .delete: return "\(try await library.delete([id]).changed.count)"
    default: preconditionFailure("\(kind) changes no single article")
    }
  }

  /// Another text each time; nil where twins may have written one, too.
  private mutating func text(for register: RegisterID) -> String? {
    if allowsTwins, !authored.insert(register).inserted { return nil }
    count += 1
    let text = "text \(count) 北京"
    texts.insert(text)
    return text
  }

  private mutating func saveEditor(
    in library: Library, _ machine: Machine, using generator: inout SeededGenerator
  ) async throws -> String {
    let open = editors.indices.filter { editors[$0].machine == machine.number }
    guard let chosen = open.randomElement(using: &generator) else { return World.nothing }
    let (_, shown, sight) = editors.remove(at: chosen)
    guard let text = text(for: shown.register) else { return World.nothing }
    saved[shown.register] = sight
    let id = ArticleID(key: shown.register.entity.key)
    let change =
      try await shown.register.field == ArticleField.title
      ? library.setTitle(id, text, over: shown) : library.setNote(id, text, over: shown)
    return "\(change.changed.count)"
  }

  private func settle(
    in library: Library, using generator: inout SeededGenerator
  ) async throws -> String {
    guard !allowsTwins else { return World.nothing }
    let listing = try await library.conflicts()
    guard listing.count > 0,
      let conflict = try await listing.conflict(
        at: .random(in: 0..<listing.count, using: &generator))
    else { return World.nothing }
    let side = ConflictSide.allCases.randomElement(using: &generator) ?? .kept
    let change = try await library.settle(conflict, with: side)
    return "\(listing.count) \(side) \(change.changed.count)"
  }

  private func restore(
    _ kind: Step.Kind, in library: Library, using generator: inout SeededGenerator
  ) async throws -> String {
    if kind == .restore {
      let deleted = try await library.articles(
        ArticleQuery("is:deleted", includingArchived: true)
      ).sorted { $0.id.key < $1.id.key }
      guard let row = deleted.randomElement(using: &generator) else { return World.nothing }
      return "\(try await library.restore([row.id]).changed.count)"
    }
    var entries: [LogEntry] = []
    for try await entry in try await library.log()
    where entry.operation.register.field == ArticleField.note { entries.append(entry) }
    guard let entry = entries.randomElement(using: &generator) else { return World.nothing }
    return "\(try await library.restore(entry).changed.count)"
  }
}

// Articles that come in.
extension World {
  private mutating func add(
    _ kind: Step.Kind, to library: Library, _ machine: Machine,
    using generator: inout SeededGenerator
  ) async throws -> String {
    // What several machines import by themselves is one article.
    let number = Int.random(in: 0..<6, using: &generator)
    count += 1
    switch kind {
    case .addLink:
      return outcome(
        try await library.add(
          ArticleDraft(title: "Link \(number)", url: "https://example.org/link/\(number)")))
    case .importFiles:
      let page = machine.folder.folder.appending("pages-\(machine.number)")
      try FileManager.default.createDirectory(
        atPath: page.string, withIntermediateDirectories: true)
      let text = "---\ntitle: Page \(number)\nurl: https://example.org/page/\(number)\n---\n"
      try Data((text + body(number, count % 3)).utf8)
        .write(to: URL(fileURLWithPath: page.appending("\(number).md").string))
      let summary = try await library.importPages([page]).result()
      return "\(summary.added) \(summary.changed) \(summary.skipped.count)"
    default:
      var draft = ArticleDraft(
        title: "Article \(number)", format: .markdown,
        body: Array(body(number, kind == .addAgain ? count : 0).utf8))
      draft.url = "https://example.org/\(number)"
      draft.tags = number.isMultiple(of: 2) ? ["news"] : []
      guard kind == .addRecorded else { return outcome(try await library.add(draft)) }
      draft.isRecorded = true
      draft.state.isStarred = true
      draft.state.progressPercent = 40
      draft.state.addedMilliseconds = 1_400_000_000_000
      // A note from elsewhere would stand beside one by hand, of which twins know different things.
      if !allowsTwins { draft.state.note = "from elsewhere" }
      draft.state.highlights = [HighlightDraft(quote: "句子3。"), HighlightDraft(quote: "gone")]
      return outcome(try await library.add(draft))
    }
  }

  private func outcome(_ added: AddedArticle) -> String { "\(added.outcome)" }

  /// A text with ten sentences that can be marked.
  private func body(_ number: Int, _ version: Int) -> String {
    let sentences = (0..<10).map { "句子\($0)。 Some words of article \(number) here." }
    return "# 第\(number)篇\n\n\(sentences.joined(separator: "\n\n"))\n\nVersion \(version).\n"
  }
}

// Passages.
extension World {
  private mutating func highlight(
    _ kind: Step.Kind, in library: Library, using generator: inout SeededGenerator
  ) async throws -> String {
    let rows = try await library.articles(.all).sorted { $0.id.key < $1.id.key }
    if kind == .highlight {
      let withText = rows.filter { $0.bodyLength != nil }
      guard let row = withText.randomElement(using: &generator) else { return World.nothing }
      let passage = "句子\(Int.random(in: 0..<10, using: &generator))。"
      count += 1
      let note = Bool.random(using: &generator) && !allowsTwins ? "note \(count)" : nil
      let change = try await library.highlight(
        row, passage: passage, number: 1, color: "yellow", note: note)
      return "\(change.changed.count)"
    }
    var highlights: [HighlightRow] = []
    for row in rows { highlights += try await library.store.highlights(of: row.id) }
    highlights.sort { $0.id.key < $1.id.key }
    guard let row = highlights.randomElement(using: &generator) else { return World.nothing }
    if kind == .deleteHighlight { return "\(try await library.delete([row.id]).changed.count)" }
    guard let text = text(for: RegisterID(row.id.entity, HighlightField.note)) else {
      return World.nothing
    }
    let shown = try await library.note(of: row.id)
    return "\(try await library.setNote(row.id, text, over: shown).changed.count)"
  }
}
