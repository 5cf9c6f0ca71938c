import ArgumentParser
import Satchel

struct Keep: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keep", abstract: "Choose what this machine keeps the texts of.",
    discussion: """
      With a query (satchel help query), of the articles that satchel list would show for it; with \
      --max, of the newest of these. Everything else that is known of articles is kept in any case. \
      all keeps every text again. Without arguments it says what is kept.

      Texts and images that are not kept go once another replica is known to hold them: one that keeps \
      every text, and has heard that this machine does not. Those that are kept and not here come with \
      the next exchange. satchel evict and satchel fetch choose for single articles.
      """)

  @Argument(help: "A query, or all.", completion: .query) var query: [String] = []
  @Option(help: "How much room texts and images may take, as stored (500MB, 2G).")
  var max: ByteSize?
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if query == ["all"], max != nil {
      throw ValidationError("all keeps every text, however much room they take.")
    }
    if let max, max.bytes < Library.leastKeptBytes {
      throw ValidationError("--max is 1M at least.")
    }
  }

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    guard isChange else {
      let status = try await library.keeping()
      guard !options.json else { return options.console.json(KeepingJSON(status)) }
      for line in status.lines { options.console.print(line) }
      return
    }
    let policy = query == ["all"] ? nil : try TextPolicy(typed: query, maximumBytes: max?.bytes)
    let status = try await library.keep(policy)
    if options.json { return options.console.json(KeepingJSON(status)) }
    if dryRun.dryRun { options.console.say("It would be so:") }
    for line in status.lines { options.console.say(line) }
  }

  /// Whether it is more than a question.
  var isChange: Bool { !query.isEmpty || max != nil }
}

extension TextPolicy {
  /// Throws ``LibraryError`` for words that are no query.
  fileprivate init(typed words: [String], maximumBytes: Int?) throws {
    let text = words.joined(separator: " ")
    // A wrong one is pointed at before anything is opened or changed.
    _ = try ArticleFilter(typed: words)
    self.init(query: words.isEmpty ? nil : text, maximumBytes: maximumBytes)
  }
}

extension TextKeepingStatus {
  /// What is kept, and what is not yet so.
  var lines: [String] {
    guard let policy else {
      return ["This machine keeps every text\(wanted > 0 ? "; \(wantedText)" : "")."]
    }
    let limit = policy.maximumBytes.map { "at most \(Text.bytes($0)) of the newest" }
    let choice = [policy.query.map { "what \($0) means" }, limit].compactMap(\.self)
    var lines = [
      "This machine keeps texts of "
        + (choice.isEmpty ? "all but some articles" : choice.joined(separator: ", "))
        + ": \(Text.bytes(bytes)) are here, \(Text.count(leftOut, "text")) left out."
    ]
    if dropped > 0 { lines.append("\(Text.count(dropped, "text")) went from here.") }
    if wanted > 0 { lines.append("\(wantedText.prefix(1).uppercased() + wantedText.dropFirst()).") }
    if waiting > 0 { lines.append(waitingText) }
    return lines
  }

  private var wantedText: String {
    "\(Text.count(wanted, "text")) not here yet: satchel sync brings what others have"
  }

  /// Why not all went.
  var waitingText: String {
    "\(Text.count(waiting, "text")) \(waiting == 1 ? "stays" : "stay") until a replica that keeps every "
      + "text has told that it holds \(waiting == 1 ? "it" : "them"), and that it has heard of this "
      + "choice: sync with one, twice where that goes over files."
  }
}

/// The keys are promised: change none.
struct KeepingJSON: Encodable {
  /// Nil where every text is kept.
  let keeps: String?
  let all: Bool
  let maximum: Int?
  let bytes: Int
  let leftOut: Int
  let wanted: Int
  let waiting: Int
  let dropped: Int

  enum CodingKeys: String, CodingKey {
    case keeps, all, maximum, bytes
    case leftOut = "left_out"
    case wanted, waiting, dropped
  }

  init(_ status: TextKeepingStatus) {
    keeps = status.policy?.query
    all = status.policy == nil
    maximum = status.policy?.maximumBytes
    bytes = status.bytes
    (leftOut, wanted) = (status.leftOut, status.wanted)
    (waiting, dropped) = (status.waiting, status.dropped)
  }
}
