import Satchel

/// What authors wrote that is not shown, both sides of each, a page at a time.
struct ConflictsScreen {
  let visit: Visit
  /// What became of the conflict that was to be settled, where it was not.
  var notice: Phrase?

  private static let pageLength = 10

  func answer() async throws(LibraryError) -> WebResponse {
    let listing = try await visit.library.conflicts()
    // One that was not settled stands on the page that its form came from.
    let window = PageWindow(
      visit.shownQuery, of: listing.count, length: ConflictsScreen.pageLength)
    var found: [Conflict] = []
    for number in window.places {
      if let conflict = try await listing.conflict(at: number) { found.append(conflict) }
    }
    let names = try await ConflictNames(of: found, visit.library)
    let entries = found.map {
      ConflictEntry(visit: visit, conflict: $0, name: listing.name(of: $0), names: names).markup
    }
    let pages = PageLinks(
      visit: visit, path: ["conflicts"], window: window, said: Phrase.entries)
    let title = visit.words(.conflicts)
    return PageFrame(visit: visit, title: title, section: .conflicts).page(
      """
      <h1>\(title)</h1>
      \(told)\(introduction(listing.count))\(entries.joined())\(pages.markup)
      """, status: notice == nil ? 200 : 409)
  }

  private var told: Markup? {
    notice.map { .problem("<p>\(visit.words($0))</p>\n") }
  }

  private func introduction(_ count: Int) -> Markup {
    guard count > 0 else { return "<p class=\"empty\">\(visit.words(.noConflicts))</p>\n" }
    return """
      <p>\(visit.words(.conflictCount(count)))</p>

      """
  }
}

extension Phrase {
  static let conflicts = Phrase("Conflicts", "冲突")
  static let noConflicts = Phrase("There are no conflicts.", "没有冲突。")
  static let settledMeanwhile = Phrase(
    "This conflict has already been settled. Nothing was changed.", "这个冲突已经解决。没有任何改动。")
  static let changedMeanwhile = Phrase(
    "Something was written there meanwhile, which you have not seen yet. Nothing was changed: look again.",
    "此后有新的内容写入，您还没有看到。没有任何改动，请重新查看。")

  static func conflictCount(_ count: Int) -> Phrase {
    Phrase(
      count == 1
        ? "Two texts were written at the same time on different machines. One is shown; the other is "
          + "kept until you choose."
        : "\(Wording.number(count)) texts were written at the same time as others and are not shown. "
          + "They are kept until you choose.",
      "有 \(Wording.number(count)) 处内容在不同设备上同时写下而没有显示，会一直保留到您选择为止。")
  }
}
