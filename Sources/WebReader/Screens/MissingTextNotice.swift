import Satchel

/// Says where a text lies that is not here, in the words of `satchel show`.
struct MissingTextNotice {
  let visit: Visit
  let row: ArticleRow

  var markup: Markup {
    get async throws(LibraryError) {
      guard row.article.body != nil else { return linkOnly }
      let place = try await visit.library.whereabouts(of: row.id)
      let holders = try await names(of: place?.holders ?? [])
      let phrase: Phrase =
        switch place {
        case nil: .textMissing
        case let place? where place.isLeftOut: .leftOut(holders)
        default: .askedFor(holders)
        }
      return """
        <div class="missing">
        <p>\(visit.words(phrase))</p>
        \(way(isLeftOut: place?.isLeftOut ?? false))</div>

        """
    }
  }

  private var linkOnly: Markup {
    let add: Markup? =
      visit.isReadOnly
      ? nil : " <a href=\"\(visit.address("add"))\">\(visit.words(.addPage))</a>"
    return "<div class=\"missing\">\n<p>\(visit.words(.noText))\(add)</p>\n</div>\n"
  }

  private func way(isLeftOut: Bool) -> Markup? {
    guard !visit.isReadOnly else { return nil }
    guard isLeftOut else {
      return "<p><a href=\"\(visit.address("sync"))\">\(visit.words(.toSync))</a></p>\n"
    }
    return visit.form(
      "article", row.id.description, "fetch", name: "fetch", id: "fetch",
      """
      <button class="main">\(visit.words(.fetch))</button>
      <p class="hint">\(visit.words(.fetchHint))</p>

      """)
  }

  private func names(of holders: [ReplicaID]) async throws(LibraryError) -> [String] {
    let peers = try await visit.library.replicas()
    // A name does not turn the sentence around it, in whatever direction it runs.
    return holders.map { "\u{2068}\(peers.name(of: $0))\u{2069}" }
  }
}

extension Phrase {
  fileprivate static let textMissing = Phrase(
    "The text is missing here.", "本机没有正文。")
  fileprivate static let noText = Phrase(
    "This is a link without a text. Add a saved copy of the page to fill it in.",
    "这里只有网址，没有正文。添加该网页的存档即可补上。")
  fileprivate static let addPage = Phrase("Add it.", "去添加")
  fileprivate static let toSync = Phrase("Sync now", "前往同步")
  fileprivate static let fetch = Phrase("Fetch the text", "取回正文")
  fileprivate static let fetchHint = Phrase(
    "It comes with the next sync.", "下次同步时取回。")

  fileprivate static func askedFor(_ holders: [String]) -> Phrase {
    let names = holders.isEmpty ? "a replica that has it" : holders.joined(separator: " or ")
    return Phrase(
      "The text is missing here and asked for; the next bundle or sync from \(names) brings it.",
      "本机没有正文，已请求取回；下次与\(chineseNames(holders, "持有它的副本"))同步或合并时会得到。")
  }

  fileprivate static func leftOut(_ holders: [String]) -> Phrase {
    let names = holders.joined(separator: " or ")
    return Phrase(
      "This machine does not keep the text; "
        + (names.isEmpty ? "no replica has told that it has it." : "\(names) has it."),
      holders.isEmpty
        ? "本机不保留正文；尚无副本表明持有它。"
        : "本机不保留正文；\(chineseNames(holders, ""))持有它。")
  }

  private static func chineseNames(_ names: [String], _ nobody: String) -> String {
    names.isEmpty ? nobody : " \(names.joined(separator: "、")) "
  }
}
