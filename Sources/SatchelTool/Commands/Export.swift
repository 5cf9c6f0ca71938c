import ArgumentParser
import Files
import Foundation
import Satchel

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write articles as files of another format.",
    discussion: """
      satchel help formats lists the formats, and satchel help query says what can be asked. Archived \
      articles are left out unless they are asked for, as in a list.

      A folder that is there is brought up to date: what has not changed is not touched, what an \
      earlier export wrote and this one does not is taken away, and what you wrote or changed there \
      stays. A file that is there stays, unless --replace is given.
      """)

  @Argument(
    help: "What is written: \(ExportFormat.allValueStrings.joined(separator: ", ")).")
  var format: ExportFormat
  @Argument(help: "The new file, or the folder.", completion: .file()) var dest: FilePath
  @Argument(help: "Which articles; @NAME those of a view.") var query: [String] = []
  @OptionGroup var selection: Selection
  @Option(help: "Their order: published, added, title or site.") var sort: ArticleQuery.Sort?
  @Flag(help: "Turn the order round.") var reverse = false
  @Flag(help: "Replace the file that lies there.") var replace = false
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if dest == "-" {
      throw ValidationError(
        "An export is a file or a folder, not standard output. One that is named - is ./-.")
    }
  }

  func run() async throws {
    let library = try await options.open()
    var query = try await library.inOrderOfView(selection.query(query))
    if let sort { (query.sort, query.isReversed) = (sort, false) }
    if reverse { query.isReversed.toggle() }
    let dest = dest.absolute
    var exporting = ExportOptions()
    exporting.replacesFile = replace
    if dryRun.dryRun {
      let count = try await library.planExport(
        of: query, as: format.format, to: dest, options: exporting)
      return tellPlan(count, dest)
    }
    let start = Date()
    let summary = try await library.export(
      query, as: format.format, to: dest, options: exporting
    ).shown(as: "Exporting", options.console)
    tell(summary, seconds: -start.timeIntervalSinceNow)
    if !summary.leftOut.isEmpty { throw Outcome.someSkipped }
  }

  private func tellPlan(_ count: Int, _ dest: FilePath) {
    if options.json {
      return options.console.json(
        SummaryJSON(format: format.format.name, path: dest.shown, articles: count))
    }
    options.console.say(
      "Would write \(Text.count(count, "article")) to \(TerminalEscape.escaped(dest.shown)).")
  }

  private func tell(_ summary: ExportSummary, seconds: Double) {
    let console = options.console
    if options.json {
      var json = SummaryJSON(
        format: format.format.name, path: summary.path.shown, articles: summary.articles)
      json.take(summary, seconds: seconds)
      return console.json(json)
    }
    console.say(line(summary))
    let isShort = options.verbose || summary.leftOut.count <= 3
    for part in summary.leftOut where isShort {
      console.note(
        "left out of \(TerminalEscape.escaped(part.article)): "
          + TerminalEscape.escaped(part.reason))
    }
  }

  private func line(_ summary: ExportSummary) -> String {
    let tally = summary.tally
    let path = TerminalEscape.escaped(summary.path.shown)
    var parts = ["Wrote \(Text.count(summary.articles, "article")) to \(path)"]
    if format.format.output?.isFolder == true {
      parts.append(
        "\(Text.count(tally.files, "file")) new or changed (\(Text.bytes(tally.bytes)))")
      if tally.unchanged > 0 { parts.append("\(Text.number(tally.unchanged)) unchanged") }
      if tally.removed > 0 { parts.append("\(Text.number(tally.removed)) taken away") }
    } else {
      parts[0] += " (\(Text.bytes(tally.bytes)))"
    }
    if summary.withoutText > 0 {
      parts.append("\(Text.number(summary.withoutText)) without their text, which is not here")
    }
    if summary.missingImages > 0 {
      parts.append("\(Text.count(summary.missingImages, "image")) not here")
    }
    if !summary.leftOut.isEmpty {
      let hint = options.verbose || summary.leftOut.count <= 3 ? "" : " (-v lists them)"
      parts.append("\(Text.count(summary.leftOut.count, "part")) left out\(hint)")
    }
    return parts.joined(separator: "; ") + "."
  }

  /// The keys are promised: change none.
  private struct SummaryJSON: Encodable {
    let type = "summary"
    let format: String
    let path: String
    let articles: Int
    /// Nil where nothing was written.
    private var withoutText: Int?
    private var missingImages: Int?
    private var files: Int?
    private var unchanged: Int?
    private var removed: Int?
    private var bytes: Int?
    private var leftOut: [Omission] = []
    private var seconds: Double?

    init(format: String, path: String, articles: Int) {
      (self.format, self.path, self.articles) = (format, path, articles)
    }

    mutating func take(_ summary: ExportSummary, seconds: Double) {
      (withoutText, missingImages) = (summary.withoutText, summary.missingImages)
      (files, bytes) = (summary.tally.files, summary.tally.bytes)
      (unchanged, removed) = (summary.tally.unchanged, summary.tally.removed)
      leftOut = summary.leftOut.map { Omission(article: $0.article, reason: $0.reason) }
      self.seconds = seconds
    }

    private struct Omission: Encodable {
      let article: String
      let reason: String
    }

    private enum CodingKeys: String, CodingKey {
      case type, format, path, articles, files, unchanged, removed, bytes, seconds
      case withoutText = "without_text"
      case missingImages = "missing_images"
      case leftOut = "left_out"
    }

    /// Every key is there, null where there is nothing.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(type, forKey: .type)
      try container.encode(format, forKey: .format)
      try container.encode(path, forKey: .path)
      try container.encode(articles, forKey: .articles)
      try container.encode(withoutText, forKey: .withoutText)
      try container.encode(missingImages, forKey: .missingImages)
      try container.encode(files, forKey: .files)
      try container.encode(unchanged, forKey: .unchanged)
      try container.encode(removed, forKey: .removed)
      try container.encode(bytes, forKey: .bytes)
      try container.encode(leftOut, forKey: .leftOut)
      try container.encode(seconds, forKey: .seconds)
    }
  }
}
