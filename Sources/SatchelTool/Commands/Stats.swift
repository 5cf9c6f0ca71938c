import ArgumentParser
import Satchel

struct Stats: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count what lies in the library, by year, site, language and tag.",
    discussion: """
      Of each list the ten with the most articles are shown. An article counts in the month in which \
      it was last marked read. Sizes are of texts and pictures as they are; stored they are smaller.
      """)

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let statistics = try await options.open().statistics()
    if options.json { return options.console.json(StatsJSON(statistics)) }
    for line in lines(statistics) { options.console.print(line) }
  }

  private func lines(_ statistics: LibraryStatistics) -> [String] {
    let (texts, pictures, bin) = (statistics.texts, statistics.pictures, statistics.bin)
    var lines = [
      "\(Text.count(statistics.articles, "article")), \(Text.count(texts.count, "text")) "
        + "(\(Text.bytes(texts.bytes))), \(Text.count(pictures.count, "picture")) "
        + "(\(Text.bytes(pictures.bytes)))",
      "Stored: \(Text.bytes(statistics.chunkBytes)) of both, \(Text.bytes(statistics.logBytes)) of "
        + "log, \(Text.bytes(statistics.searchBytes)) of search index",
      "In the bin: \(Text.count(bin.count, "article")) (\(Text.bytes(bin.bytes)))",
    ]
    let parts = [
      ("Years", statistics.years), ("Sites", statistics.sites),
      ("Languages", statistics.languages), ("Tags", statistics.tags),
      ("Read, the last twelve months", Array(statistics.readByMonth.suffix(12))),
    ]
    for (title, counts) in parts where !counts.isEmpty {
      var table = Table(columns: [.right, .left])
      for count in counts { table.append([Text.number(count.count), count.name]) }
      lines += ["", options.console.bold(title)] + table.lines(options.console)
    }
    return lines
  }
}

/// The keys are promised: change none.
private struct StatsJSON: Encodable {
  let articles: Int
  let years: [Count]
  let sites: [Count]
  let languages: [Count]
  let tags: [Count]
  let readByMonth: [Count]
  let texts: Bodies
  let pictures: Bodies
  let bin: Bodies
  let bytes: Bytes

  enum CodingKeys: String, CodingKey {
    case articles, years, sites, languages, tags
    case readByMonth = "read_by_month"
    case texts, pictures, bin, bytes
  }

  struct Count: Encodable {
    let name: String
    let count: Int

    init(_ count: LibraryStatistics.Count) { (name, self.count) = (count.name, count.count) }
  }

  struct Bodies: Encodable {
    let count: Int
    let bytes: Int

    init(_ bodies: LibraryStatistics.Bodies) { (count, bytes) = (bodies.count, bodies.bytes) }
  }

  struct Bytes: Encodable {
    let chunks: Int
    let log: Int
    let search: Int
  }

  init(_ statistics: LibraryStatistics) {
    articles = statistics.articles
    years = statistics.years.map(Count.init)
    sites = statistics.sites.map(Count.init)
    languages = statistics.languages.map(Count.init)
    tags = statistics.tags.map(Count.init)
    readByMonth = statistics.readByMonth.map(Count.init)
    texts = Bodies(statistics.texts)
    pictures = Bodies(statistics.pictures)
    bin = Bodies(statistics.bin)
    bytes = Bytes(
      chunks: statistics.chunkBytes, log: statistics.logBytes, search: statistics.searchBytes)
  }
}
