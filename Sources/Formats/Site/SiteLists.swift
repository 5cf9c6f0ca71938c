import Files

/// The pages that list articles, and the list of titles that the script has.
struct SiteLists {
  var entries: [SiteEntry] = []
  private let title: String

  init(title: String) {
    self.title = title
  }

  /// The newest first.
  private var sorted: [SiteEntry] {
    entries.enumerated().sorted { ($1.element.day, $0.offset) < ($0.element.day, $1.offset) }
      .map(\.element)
  }

  /// Each with its path, made one after the other.
  var pages: some Sequence<(String, String)> {
    let sorted = sorted
    let months = groups(sorted) { [$0.month] }.sorted { $0.name > $1.name }
    let sites = groups(sorted) { $0.site.map { [$0] } ?? [] }
    let tags = groups(sorted) { $0.tags }
    let lists: [(name: String, path: String, entries: [SiteEntry])] =
      months.map { ($0.name, "days/\($0.name).html", $0.entries) }
      + sites.map { ($0.name, SiteEntry.page(of: $0.name, in: "sites"), $0.entries) }
      + tags.map { ($0.name, SiteEntry.page(of: $0.name, in: "tags"), $0.entries) }
    let overviews: [(path: String, page: () -> String)] = [
      ("index.html", { first(sorted) }),
      ("days.html", { overview("Days", months.map { ($0, "days/\($0.name).html") }) }),
      (
        "sites.html",
        { overview("Sites", sites.map { ($0, SiteEntry.page(of: $0.name, in: "sites")) }) }
      ),
      (
        "tags.html",
        { overview("Tags", tags.map { ($0, SiteEntry.page(of: $0.name, in: "tags")) }) }
      ),
    ]
    return overviews.lazy.map { ($0.path, $0.page()) }
      .chained(lists.lazy.map { ($0.path, list($0.name, $0.entries)) })
  }

  /// The titles as a script that the first page loads, in parts.
  var titles: some Sequence<(String, [UInt8])> {
    stride(from: 0, to: entries.count, by: SiteAssets.titlesPerFile).lazy.map { start in
      var output = JSONOutput(isInMarkup: true)
      output.array { list in
        for entry in entries[start..<min(start + SiteAssets.titlesPerFile, entries.count)] {
          list.array { item in
            item.value(entry.id.description)
            item.value(entry.title)
            item.value(entry.day)
            item.value(entry.site)
          }
        }
      }
      let number = start / SiteAssets.titlesPerFile
      return (
        "search/titles-\(number).js",
        Array("satchelTitles(\(number),".utf8) + output.bytes + Array(");\n".utf8)
      )
    }
  }
}

extension SiteLists {
  private struct Group {
    let name: String
    var entries: [SiteEntry]
  }

  /// How many articles the first page shows.
  private static let newest = 100

  /// By their names.
  private func groups(_ entries: [SiteEntry], by names: (SiteEntry) -> [String]) -> [Group] {
    var groups: [String: [SiteEntry]] = [:]
    for entry in entries { for name in names(entry) { groups[name, default: []].append(entry) } }
    return groups.map { Group(name: $0.key, entries: $0.value) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private func first(_ sorted: [SiteEntry]) -> String {
    let newest = sorted.prefix(SiteLists.newest)
    var html = """
      <h1>\(XMLText.escaped(title))</h1>
      <form id="search" hidden><input type="search" id="words" autocomplete="off" \
      aria-label="Search titles and words" placeholder="Search titles and words"></form>
      <div id="found"></div>
      <div id="newest">

      """
    html += byDay(newest, root: "")
    if newest.count < sorted.count {
      html +=
        "<p class=\"facts\">\(newest.count) of \(sorted.count) articles: "
        + "<a href=\"days.html\">all days</a></p>\n"
    }
    return SitePage(title: title, depth: 0, hasSearch: true).html(of: title, html + "</div>\n")
  }

  private func list(_ name: String, _ entries: [SiteEntry]) -> String {
    let html = "<h1>\(XMLText.escaped(name))</h1>\n" + byDay(entries[...], root: "../")
    return SitePage(title: name, depth: 1).html(of: title, html)
  }

  private func overview(_ name: String, _ groups: [(group: Group, path: String)]) -> String {
    var html = "<h1>\(name)</h1>\n<ul class=\"names\">\n"
    for (group, path) in groups {
      html +=
        "<li><a href=\"\(path)\">\(XMLText.escaped(group.name))</a> "
        + "<span class=\"facts\">\(group.entries.count)</span></li>\n"
    }
    return SitePage(title: name, depth: 0).html(of: title, html + "</ul>\n")
  }

  private func byDay(_ entries: ArraySlice<SiteEntry>, root: String) -> String {
    var html = ""
    var day: String?
    for entry in entries {
      if entry.day != day {
        html += day == nil ? "" : "</ul>\n"
        html += "<h2 class=\"day\">\(entry.day)</h2>\n<ul class=\"articles\">\n"
        day = entry.day
      }
      let site = entry.site.map { " <span class=\"facts\">\(XMLText.escaped($0))</span>" } ?? ""
      let mark = entry.isRead ? " class=\"read\"" : ""
      html +=
        "<li\(mark)><a href=\"\(root)\(entry.path)\" dir=\"auto\">"
        + "\(XMLText.escaped(entry.title))</a>\(site)</li>\n"
    }
    return html + (day == nil ? "" : "</ul>\n")
  }
}

extension Sequence {
  /// What one sequence has, then what another one has.
  fileprivate func chained<Other: Sequence>(_ other: Other) -> some Sequence<Element>
  where Other.Element == Element {
    var (first, second) = (makeIterator(), other.makeIterator())
    return AnyIterator { first.next() ?? second.next() }
  }
}
