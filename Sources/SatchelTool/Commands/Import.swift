import ArgumentParser
import Files
import Foundation
import Satchel

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import pages from folders and files.",
    discussion: """
      Importing again adds what is new and changes what has changed; nothing is deleted, and \
      what you wrote yourself is never overwritten.
      """)

  @Argument(
    help: ArgumentHelp(
      "The format (\(FormatArgument.names)), which may be left out, and paths.", valueName: "paths"),
    completion: .file())
  var words: [PlaceArgument]

  @Option(help: "How pages are read: \(FormatArgument.treatments).")
  var profile: FormatArgument?

  @Option(help: "A tag for every article; may be given several times.")
  var tag: [String] = []

  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    // With a profile every word is a path.
    let (named, paths) = Format.leading(
      words.map(\.text), among: profile == nil ? Format.readable : [])
    var importing = ImportOptions()
    importing.format = profile?.format ?? named
    importing.tags = tag
    let start = Date()
    let summary = try await library.importPages(
      paths.map { FilePath(text: $0) }, options: importing
    )
    .shown(as: "Importing", options.console)
    try await ImportReport(summary, seconds: -start.timeIntervalSinceNow, dryRun: dryRun.dryRun)
      .end(options, library)
  }
}

/// Tells what an import did, and ends with 3 where files were skipped.
struct ImportReport {
  private let summary: ImportSummary
  private let seconds: Double
  private let dryRun: Bool

  init(_ summary: ImportSummary, seconds: Double, dryRun: Bool) {
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
          console.note("skipped \(TerminalEscape.escaped(file.path)): \(file.reason)")
        }
      }
      for file in summary.passedOver where options.verbose {
        console.note("passed over \(TerminalEscape.escaped(file.path)): \(file.reason)")
      }
    }
    if !options.json { for register in leftOut { console.note(register.line) } }
    if !summary.skipped.isEmpty || !leftOut.isEmpty { throw Outcome.someSkipped }
  }

  private func line(_ options: GlobalOptions) -> String {
    var parts = ["\(dryRun ? "Would add" : "Added") \(Text.count(summary.added, "article"))"]
    if summary.changed > 0 { parts.append("\(Text.number(summary.changed)) changed") }
    if summary.unchanged > 0 { parts.append("\(Text.number(summary.unchanged)) unchanged") }
    if summary.duplicates > 0 {
      let noun = summary.duplicates == 1 ? "copy" : "copies"
      parts.append("\(Text.number(summary.duplicates)) more \(noun) of the same originals merged")
    }
    if summary.deleted > 0 {
      parts.append("\(Text.number(summary.deleted)) left out that were deleted here")
    }
    if !summary.passedOver.isEmpty {
      let hint = options.verbose ? "" : " (-v lists them)"
      parts.append("\(Text.count(summary.passedOver.count, "page")) without an article\(hint)")
    }
    if !summary.skipped.isEmpty {
      let hint = options.verbose || summary.skipped.count <= 3 ? "" : " (-v lists them)"
      parts.append("\(Text.count(summary.skipped.count, "file")) skipped\(hint)")
    }
    return parts.joined(separator: "; ") + "."
  }

  /// The keys are promised: change none.
  private struct SummaryJSON: Encodable {
    let type = "summary"
    let added: Int
    let changed: Int
    let unchanged: Int
    let duplicates: Int
    let deleted: Int
    let passedOver: [SkippedJSON]
    let skipped: [SkippedJSON]
    let leftOut: [LeftOutJSON]
    let seconds: Double

    enum CodingKeys: String, CodingKey {
      case type, added, changed, unchanged, duplicates, deleted, skipped, seconds
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
      passedOver = summary.passedOver.map(SkippedJSON.init)
      skipped = summary.skipped.map(SkippedJSON.init)
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

/// A file that was left out.
struct SkippedJSON: Encodable {
  let path: String
  let reason: String

  init(_ file: ImportSummary.SkippedFile) {
    (path, reason) = (file.path, file.reason)
  }
}
