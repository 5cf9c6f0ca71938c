import Satchel

extension GlobalOptions {
  /// Says what a change did, in one line and what it replaced or left out; ends with 3 where
  /// something was left out.
  ///
  /// - Parameters:
  ///   - replaced: texts that went, to be shown to whoever replaced them.
  ///   - isKept: whether the history keeps them.
  ///   - next: what may be done after it.
  func tell(
    _ dryRun: DryRun, _ library: Library, done: String, would: String, _ change: Change,
    replaced: [String] = [], isKept: Bool = true, next: String? = nil
  ) async throws {
    var report = ChangeJSON(unchanged: change.unchanged, replaced: replaced)
    for id in change.changed { report.changed.append(try await library.shortID(of: id)) }
    for leftOut in change.leftOut {
      report.leftOut.append(try await LeftOutJSON(leftOut, library))
    }
    let count = report.changed.count
    if json {
      console.json(report)
    } else if count > 0 {
      let hint = dryRun.dryRun ? "" : next.map { "   To take it back: \($0)" } ?? ""
      console.say("\(dryRun.dryRun ? would : done) \(Text.count(count, "article")).\(hint)")
    } else if change.leftOut.isEmpty {
      console.say("Nothing changed: it was so already.")
    }
    if !json { tell(replaced, dryRun, article: isKept ? report.changed.first : nil) }
    for leftOut in report.leftOut { console.note(leftOut.line) }
    if !change.leftOut.isEmpty { throw Outcome.someSkipped }
  }

  /// The same of highlights, of which `done` is followed by their ids.
  func tell(
    _ dryRun: DryRun, _ library: Library, done: String, would: String, _ change: HighlightChange,
    replaced: [String] = []
  ) async throws {
    let names = try await library.shortIDs(of: Set(change.changed))
    var report = ChangeJSON(unchanged: change.unchanged.count, replaced: replaced)
    report.changed = change.changed.compactMap { names[$0] }
    for leftOut in change.leftOut {
      report.leftOut.append(try await LeftOutJSON(leftOut, library))
    }
    if json {
      console.json(report)
    } else if !report.changed.isEmpty {
      let ids = report.changed.joined(separator: ", ")
      console.say(dryRun.dryRun ? "\(would)." : "\(done) \(ids).")
    } else if change.leftOut.isEmpty {
      console.say("Nothing changed: it was so already.")
    }
    if !json { tell(replaced, dryRun, article: nil) }
    for leftOut in report.leftOut { console.note(leftOut.line) }
    if !change.leftOut.isEmpty { throw Outcome.someSkipped }
  }

  /// - Parameter article: in whose history they are kept.
  private func tell(_ replaced: [String], _ dryRun: DryRun, article: String?) {
    guard !replaced.isEmpty else { return }
    console.say(dryRun.dryRun ? "It would replace:" : "It replaced:")
    for text in replaced {
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        console.say("  \(TerminalEscape.escaped(String(line)))")
      }
    }
    if let article, !dryRun.dryRun {
      console.say("satchel log \(article) lists what was replaced; satchel restore shows it again.")
    }
  }
}

extension Shown {
  /// What is shown and what stands beside it.
  var texts: [String] { [text].compactMap { $0 } + conflictTexts }
  var conflictTexts: [String] { conflicts.compactMap(\.text) }
}

/// The keys are promised: change none.
private struct ChangeJSON: Encodable {
  var changed: [String] = []
  let unchanged: Int
  let replaced: [String]
  var leftOut: [LeftOutJSON] = []

  init(unchanged: Int, replaced: [String]) {
    (self.unchanged, self.replaced) = (unchanged, replaced)
  }

  enum CodingKeys: String, CodingKey {
    case changed, unchanged, replaced
    case leftOut = "left_out"
  }
}

/// A register that cannot be written any more.
struct LeftOutJSON: Encodable {
  let id: String?
  let field: String
  let reason: String

  init(_ leftOut: LeftOut, _ library: Library) async throws {
    if let article = leftOut.article {
      id = try await library.shortID(of: article)
    } else if let highlight = leftOut.highlight {
      id = try await library.shortIDs(of: [highlight])[highlight]
    } else {
      id = nil
    }
    field = leftOut.register.field.name
    reason = "\(leftOut.reason)"
  }

  /// For people.
  var line: String {
    "left out \(TerminalEscape.escaped(field)) of \(id ?? "a replica's card"): \(reason)."
  }
}
