import Satchel

/// Tells what came, and ends with 3 where an address gave no picture.
struct PictureReport {
  let summary: PictureSummary
  let dryRun: Bool

  init(_ summary: PictureSummary, dryRun: Bool) {
    (self.summary, self.dryRun) = (summary, dryRun)
  }

  /// More are listed only with `-v`.
  private static let listed = 3

  func end(_ options: GlobalOptions) throws {
    let console = options.console
    let lists = options.verbose || summary.failed.count <= PictureReport.listed
    if options.json {
      console.json(SummaryJSON(summary))
    } else {
      console.say(line(lists: lists))
      for failure in summary.failed where lists {
        console.note(line(of: failure))
      }
      for failure in summary.passedOver where options.verbose {
        console.note("not asked: \(line(of: failure))")
      }
    }
    if !summary.failed.isEmpty { throw Outcome.someSkipped }
  }

  private func line(lists: Bool) -> String {
    var parts = [dryRun ? "Would ask for \(Text.count(summary.wanted, "picture"))" : fetched]
    if summary.kept > 0 { parts.append("\(Text.number(summary.kept)) here already") }
    if !summary.failed.isEmpty {
      let hint = lists ? "" : " (-v lists them)"
      parts.append("\(Text.number(summary.failed.count)) did not come\(hint)")
    }
    if !summary.passedOver.isEmpty {
      let count = Text.number(summary.passedOver.count)
      parts.append("\(count) not asked that did not come lately (--retry asks)")
    }
    return parts.joined(separator: "; ") + "."
  }

  private var fetched: String {
    guard summary.fetched > 0 else { return "Fetched no pictures" }
    return "Fetched \(Text.count(summary.fetched, "picture")) (\(Text.bytes(summary.bytes))) of "
      + Text.count(summary.articles.count, "article")
  }

  private func line(of failure: PictureSummary.Failure) -> String {
    TerminalEscape.escaped("\(failure.address): \(failure.reason).")
  }
}

/// The keys are promised: change none.
private struct SummaryJSON: Encodable {
  let type = "summary"
  let wanted: Int
  let fetched: Int
  let bytes: Int
  let kept: Int
  let articles: Int
  let failed: [Failure]
  let passedOver: [Failure]

  enum CodingKeys: String, CodingKey {
    case type, wanted, fetched, bytes, kept, articles, failed
    case passedOver = "passed_over"
  }

  struct Failure: Encodable {
    let address: String
    let reason: String

    init(_ failure: PictureSummary.Failure) {
      (address, reason) = (failure.address, failure.reason)
    }
  }

  init(_ summary: PictureSummary) {
    wanted = summary.wanted
    fetched = summary.fetched
    bytes = summary.bytes
    kept = summary.kept
    articles = summary.articles.count
    failed = summary.failed.map(Failure.init)
    passedOver = summary.passedOver.map(Failure.init)
  }
}
