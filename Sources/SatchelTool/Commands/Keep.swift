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
    let limit = policy.maximumBytes.map { " up to \($0 >> 20) MB" }
    let choice =
      switch (policy.query, limit) {
      case (let query?, nil): "texts of what \(query) means"
      case (let query?, let limit?): "texts of what \(query) means, the newest\(limit)"
      case (nil, let limit?): "the newest texts\(limit)"
      case (nil, nil): "all texts but those that were evicted"
      }
    var lines = [
      "This machine keeps \(choice): \(Text.bytes(bytes)) here, "
        + "\(Text.count(leftOut, "text")) left out."
    ]
    if isUnreadable {
      lines.append(
        "That query cannot be asked any more, so nothing else comes or goes: satchel keep says anew what "
          + "is kept.")
    }
    if let crowdedOutText { lines.append(crowdedOutText) }
    if dropped > 0 { lines.append("\(Text.count(dropped, "text")) went from here.") }
    if let keeperText { lines.append(keeperText) }
    if wanted > 0 { lines.append("\(wantedText.prefix(1).uppercased() + wantedText.dropFirst()).") }
    if waiting > 0, keepers != 0 { lines.append(waitingText) }
    return lines
  }

  private var wantedText: String {
    "\(Text.count(wanted, "text")) not here yet: satchel sync brings what others have"
  }

  /// Warns where no other replica keeps every text; nil where one does.
  var keeperText: String? {
    guard keepers == 0, leftOut + waiting > 0 else { return nil }
    return "No other machine is known to keep every text, so what is here stays, and what is left "
      + "out may be nowhere: satchel keep all, on one of them."
  }

  /// Why what was fetched does not come; nil where it does.
  var crowdedOutText: String? {
    guard crowdedOut > 0, let maximum = policy?.maximumBytes else { return nil }
    let (was, has) = crowdedOut == 1 ? ("was", "has") : ("were", "have")
    return "\(Text.count(crowdedOut, "article")) that \(was) asked for \(has) no room within "
      + "\(maximum >> 20) MB: satchel keep --max gives more."
  }

  /// Why not all went.
  var waitingText: String {
    let (verb, goes, it) = waiting == 1 ? ("is", "it goes", "it") : ("are", "they go", "them")
    return "\(Text.count(waiting, "text")) \(verb) not kept and still here: \(goes) once a machine "
      + "that keeps every text has told that it has \(it). Sync here, there, and here again."
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
  let crowdedOut: Int
  let isUnreadable: Bool

  enum CodingKeys: String, CodingKey {
    case keeps, all, maximum, bytes
    case leftOut = "left_out"
    case wanted, waiting, dropped
    case crowdedOut = "crowded_out"
    case isUnreadable = "unreadable"
  }

  init(_ status: TextKeepingStatus) {
    keeps = status.policy?.query
    all = status.policy == nil
    maximum = status.policy?.maximumBytes
    bytes = status.bytes
    (leftOut, wanted) = (status.leftOut, status.wanted)
    (waiting, dropped) = (status.waiting, status.dropped)
    (crowdedOut, isUnreadable) = (status.crowdedOut, status.isUnreadable)
  }
}
