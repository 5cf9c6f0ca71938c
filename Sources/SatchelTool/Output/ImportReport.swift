import Foundation
import Satchel

/// Tells what an import did, and ends with 3 where files were skipped.
struct ImportReport {
  private let summary: ImportSummary
  private let seconds: Double
  private let dryRun: Bool
  private let prunes: Bool

  /// - Parameter prunes: whether what sources have no more was to go into the bin.
  init(_ summary: ImportSummary, seconds: Double, dryRun: Bool, prunes: Bool = false) {
    self.prunes = prunes
    self.summary = summary
    self.seconds = seconds
    self.dryRun = dryRun
  }

  /// - Parameter additions: what became of each article, where that is told instead of counts.
  func end(
    _ options: GlobalOptions, _ library: Library, additions: AdditionsJSON? = nil
  ) async throws {
    let console = options.console
    var leftOut: [LeftOutJSON] = []
    for register in summary.leftOut {
      leftOut.append(try await LeftOutJSON(register, library))
    }
    if options.json {
      if var additions {
        additions.skipped = summary.skipped.map(SkippedJSON.init)
        additions.leftOut = leftOut
        console.json(additions)
      } else {
        console.json(SummaryJSON(summary, leftOut: leftOut, seconds: seconds))
      }
    } else {
      if additions == nil { console.say(line(options)) }
      if options.verbose || summary.skipped.count <= 3 || additions != nil {
        for file in summary.skipped {
          console.note(ImportReport.line(skipped: file))
        }
      }
      for file in summary.passedOver where options.verbose {
        console.note("passed over \(TerminalEscape.escaped(file.path)): \(file.reason)")
      }
    }
    tellGone(options)
    if !options.json { for register in leftOut { console.note(register.line) } }
    if !summary.skipped.isEmpty || !leftOut.isEmpty { throw Outcome.someSkipped }
  }

  /// What sources have no more, and what of that stays.
  private func tellGone(_ options: GlobalOptions) {
    let console = options.console
    for source in summary.emptied {
      let name = TerminalEscape.escaped(source.shown)
      console.warn("\(name) shows no page, and had some: nothing of it is taken for gone")
    }
    for source in summary.firstSources where prunes {
      let name = TerminalEscape.escaped(source.shown)
      console.warn(
        "nothing was remembered of \(name) yet: what it has no more is known from now on")
    }
    let kept = summary.gone.filter { $0.isMarked || !prunes }
    guard !options.json, prunes || kept.contains(where: \.isNew) || options.verbose else { return }
    if options.verbose {
      for page in kept {
        console.note("gone from \(TerminalEscape.escaped("\(page.source.shown): \(page.page)"))")
      }
    }
    guard !kept.isEmpty else { return }
    let hint = options.verbose ? "" : " (-v lists them)"
    if prunes {
      console.note(
        "kept \(Text.count(kept.count, "marked article")) whose pages are gone\(hint)")
    } else {
      let verb = kept.count == 1 ? "is" : "are"
      let sources = Set(kept.map(\.source.shown)).sorted().map(ShellText.quoted)
      console.note(
        "\(Text.count(kept.count, "page")) \(verb) no longer there\(hint): satchel import --prune "
          + "\(sources.joined(separator: " ")) puts what nobody marked into the bin")
    }
  }

  static func line(skipped file: ImportSummary.SkippedFile) -> String {
    "skipped \(TerminalEscape.escaped(file.path)): \(file.reason)"
  }

  /// `2 files and 1 record`.
  private static func count(_ files: [ImportSummary.SkippedFile], _ noun: String) -> String {
    let records = files.count { $0.isRecord }
    let counts = [(files.count - records, noun), (records, "record")].filter { $0.0 > 0 }
    return counts.map { Text.count($0.0, $0.1) }.joined(separator: " and ")
  }

  private func line(_ options: GlobalOptions) -> String {
    var parts = ["\(dryRun ? "Would add" : "Added") \(Text.count(summary.added, "article"))"]
    if summary.changed > 0 { parts.append("\(Text.number(summary.changed)) changed") }
    if summary.unchanged > 0 { parts.append("\(Text.number(summary.unchanged)) unchanged") }
    if summary.duplicates > 0 {
      let noun = summary.duplicates == 1 ? "copy" : "copies"
      parts.append("\(Text.number(summary.duplicates)) more \(noun) of the same originals merged")
    }
    if summary.highlights > 0 { parts.append(Text.count(summary.highlights, "highlight")) }
    if summary.highlightsLeftOut > 0 {
      let noun = Text.count(summary.highlightsLeftOut, "highlight")
      parts.append("\(noun) left out whose words are not in the text")
    }
    if summary.deleted > 0 {
      parts.append("\(Text.number(summary.deleted)) left out that were deleted here")
    }
    if !summary.pruned.isEmpty {
      let count = Text.number(summary.pruned.count)
      parts.append("\(count) \(dryRun ? "to be put" : "put") into the bin whose pages are gone")
    }
    if !summary.passedOver.isEmpty {
      let hint = options.verbose ? "" : " (-v lists them)"
      parts.append("\(ImportReport.count(summary.passedOver, "page")) without an article\(hint)")
    }
    if !summary.skipped.isEmpty {
      let hint = options.verbose || summary.skipped.count <= 3 ? "" : " (-v lists them)"
      parts.append("\(ImportReport.count(summary.skipped, "file")) skipped\(hint)")
    }
    for source in summary.unchangedSources {
      parts.append("\(TerminalEscape.escaped(source.shown)) is at the same commit")
    }
    let hint = summary.pruned.isEmpty || dryRun ? "" : "   To take it back: satchel undo"
    return parts.joined(separator: "; ") + "." + hint
  }

  /// The keys are promised: change none.
  private struct SummaryJSON: Encodable {
    let type = "summary"
    let added: Int
    let changed: Int
    let unchanged: Int
    let duplicates: Int
    let deleted: Int
    let highlights: Int
    let highlightsLeftOut: Int
    let passedOver: [SkippedJSON]
    let skipped: [SkippedJSON]
    let leftOut: [LeftOutJSON]
    let pruned: Int
    let gone: [GoneJSON]
    let seconds: Double

    enum CodingKeys: String, CodingKey {
      case type, added, changed, unchanged, duplicates, deleted, highlights, skipped, seconds
      case pruned, gone
      case highlightsLeftOut = "highlights_left_out"
      case passedOver = "passed_over"
      case leftOut = "left_out"
    }

    init(_ summary: ImportSummary, leftOut: [LeftOutJSON], seconds: Double) {
      self.leftOut = leftOut
      added = summary.added
      changed = summary.changed
      unchanged = summary.unchanged
      duplicates = summary.duplicates
      deleted = summary.deleted
      (highlights, highlightsLeftOut) = (summary.highlights, summary.highlightsLeftOut)
      passedOver = summary.passedOver.map(SkippedJSON.init)
      skipped = summary.skipped.map(SkippedJSON.init)
      pruned = summary.pruned.count
      gone = summary.gone.map(GoneJSON.init)
      self.seconds = seconds
    }
  }
}

/// What `add` did with each article. The keys are promised: change none.
struct AdditionsJSON: Encodable {
  var added: [Added] = []
  var changed: [String] = []
  var unchanged = 0
  var skipped: [SkippedJSON] = []
  var leftOut: [LeftOutJSON] = []

  enum CodingKeys: String, CodingKey {
    case added, changed, unchanged, skipped
    case leftOut = "left_out"
  }

  struct Added: Encodable {
    let id: String
    let url: String?
    let title: String

    enum CodingKeys: CodingKey { case id, url, title }

    /// Every key is there, null where there is nothing.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(id, forKey: .id)
      try container.encode(url, forKey: .url)
      try container.encode(title, forKey: .title)
    }
  }
}

/// A page that its source has no more.
private struct GoneJSON: Encodable {
  let source: String
  let path: String
  let marked: Bool

  init(_ page: GonePage) {
    (source, path, marked) = (page.source.shown, page.page, page.isMarked)
  }
}

/// A file that was left out.
struct SkippedJSON: Encodable {
  let path: String
  let reason: String

  init(_ file: ImportSummary.SkippedFile) {
    (path, reason) = (file.path, file.reason)
  }
}
