import Satchel

/// All tags, or all sites, with how many articles each has; of tags a form that renames one.
struct NamesScreen {
  let visit: Visit

  private static let pageLength = 300
  /// Longer names, in bytes, lead nowhere, so that a page stays small.
  private static let longestLink = 251

  private var isOfTags: Bool { visit.request.path.first == "tags" }
  private var words: Words { visit.words }

  func answer() async throws(LibraryError) -> WebResponse {
    let numbers = try await visit.reader.numbers.numbers(of: visit.library)
    let names = isOfTags ? numbers.tags : numbers.sites
    let window = PageWindow(
      visit.request.query, of: names.count, length: NamesScreen.pageLength)
    let title = words(isOfTags ? .tags : .sites)
    let pages = PageLinks(
      visit: visit, path: visit.request.path, window: window, said: Phrase.entries)
    return PageFrame(visit: visit, title: title, section: isOfTags ? .tags : .sites).page(
      """
      <h1>\(title)</h1>
      \(renaming)\(names.isEmpty ? empty : list(names[window.places]))\(pages.markup)
      """)
  }

  private var empty: Markup {
    "<p class=\"empty\">\(words(isOfTags ? .noTags : .noSites))</p>\n"
  }

  private func list(_ names: ArraySlice<NameCount>) -> Markup {
    "<ul class=\"names\">\n\(names.map(entry).joined())</ul>\n"
  }

  private func entry(_ name: NameCount) -> Markup {
    guard name.name.utf8.count <= NamesScreen.longestLink else {
      return "<li><bdi>\(String(name.name.prefix(80)))…</bdi> \(count(name))</li>\n"
    }
    let query = isOfTags ? Visit.query(tag: name.name) : Visit.query(site: name.name)
    return """
      <li><a href="\(visit.list(query))" dir="auto">\(name.name)</a> \(count(name))\
      \(archived(name, query))\(rename(name))</li>

      """
  }

  private func count(_ name: NameCount) -> Markup {
    "<span class=\"count\">\(words.number(name.count))</span>"
  }

  private func archived(_ name: NameCount, _ query: String) -> Markup? {
    guard name.archived > 0 else { return nil }
    return """
       <a href="\(visit.list(query + " is:archived"))" class="archived">\
      \(words(.archivedCount(name.archived)))</a>
      """
  }

  private func rename(_ name: NameCount) -> Markup? {
    guard isOfTags, !visit.isReadOnly else { return nil }
    return """
       <a href="\(visit.address("tags", fields: ["rename": name.name]))" class="rename" \
      aria-label="\(words(.renameTag(name.name)))">\(words(.rename))</a>
      """
  }

  /// The form for the tag that the address names.
  private var renaming: Markup? {
    guard isOfTags, let old = visit.request.query["rename"], !old.isEmpty else { return nil }
    return TagForm(visit: visit, old: old, new: old).markup
  }
}

/// Renames a tag on every article that bears it.
struct TagForm {
  let visit: Visit
  let old: String
  /// What was typed, or the old name.
  let new: String

  var markup: Markup {
    visit.form(
      "tags", "rename", name: "rename",
      """
      <input type="hidden" name="old" value="\(old)">
      <label for="new-tag">\(visit.words(.renameTag(old)))</label>
      <input id="new-tag" name="new" value="\(new)" required autocomplete="off">
      <button>\(visit.words(.rename))</button>

      """)
  }
}

extension Phrase {
  static let noTags = Phrase("No article has a tag yet.", "还没有文章带标签。")
  static let noSites = Phrase("No article is from a site yet.", "还没有来自网站的文章。")
  static let rename = Phrase("Rename", "重命名")

  static func renameTag(_ name: String) -> Phrase {
    Phrase("Rename the tag “\(name)”", "重命名标签“\(name)”")
  }

  static func archivedCount(_ count: Int) -> Phrase {
    Phrase("\(Wording.number(count)) archived", "\(Wording.number(count)) 篇已归档")
  }
}
