import Satchel

/// What can be undone, the newest first, with what undoing it would bring back; and what came of it
/// after somebody did.
struct HistoryScreen {
  let visit: Visit

  private var words: Words { visit.words }

  func answer() async throws(LibraryError) -> WebResponse {
    let actions = try await visit.library.actions()
    let title = words(.history)
    let content: Markup = """
      <h1>\(title)</h1>
      \(try await outcome)<p>\(words(.historyExplained))</p>
      \(actions.isEmpty ? empty : try await newest(actions[0]) + list(actions))
      """
    return PageFrame(visit: visit, title: title, section: .history).page(content)
  }

  private var empty: Markup { "<p class=\"empty\">\(words(.nothingToUndo))</p>\n" }

  private func list(_ actions: [LoggedAction]) -> Markup {
    let rows = actions.map { action -> Markup in
      """
      <li><code lang="en">\(String(action.command.prefix(200)))</code> <span class="facts">\
      \(words.time(milliseconds: action.milliseconds)) · \(words(.articleCount(action.articles)))\
      </span></li>

      """
    }
    return "<ol class=\"history\">\n\(rows.joined())</ol>\n"
  }
}

extension HistoryScreen {
  /// A plan is made by trying, so that of many articles it would keep other writers waiting.
  private static let mostTried = 1_000

  /// What undoing the newest action would do, and the button.
  private func newest(_ action: LoggedAction) async throws(LibraryError) -> Markup {
    guard !visit.isReadOnly else { return .nothing }
    let plan: Markup =
      action.articles > HistoryScreen.mostTried
      ? "<p>\(words(.wouldUndo(action.articles, 0)))</p>\n" : try await tried
    return """
      <section class="newest" aria-labelledby="newest">
      <h2 id="newest">\(words(.newest)) <code lang="en">\(String(action.command.prefix(200)))</code></h2>
      \(plan)\(visit.form("undo", name: "undo", "<button>\(words(.undo))</button>\n"))</section>

      """
  }

  private var tried: Markup {
    get async throws(LibraryError) {
      let plan = try await visit.library.dryRun.undo()
      let titles = try await visit.library.titles(of: Set(plan.change.changed.prefix(5)))
      let names = plan.change.changed.prefix(5).compactMap { titles[$0] }.filter { !$0.isEmpty }
      let examples = names.map { "<li dir=\"auto\">\(String($0.prefix(120)))</li>\n" as Markup }
      let list: Markup? = names.isEmpty ? nil : "<ul>\n\(examples.joined())</ul>\n"
      let left = plan.left.count + plan.otherLeft
      return """
        <p>\(words(.wouldUndo(plan.change.changed.count, plan.highlights.count)))</p>
        \(list)\(left > 0 ? "<p>\(words(.wouldLeave(left)))</p>\n" : nil as Markup?)
        """
    }
  }

  /// What was undone, as the address says to which ``UndoAction`` leads.
  private var outcome: Markup {
    get async throws(LibraryError) {
      let fields = visit.request.query
      guard let changed = fields.number("changed") else { return .nothing }
      let left = (fields.text("left") ?? "").split(separator: ",").prefix(UndoAction.named)
      var links: [Markup] = []
      for name in left {
        // An address that somebody made up names nothing.
        guard let row = try? await visit.library.article(String(name)) else { continue }
        links.append(
          """
          <li><a href="\(visit.address("article", row.shortID))" dir="auto">\
          \(String(row.article.heading.prefix(120)))</a></li>

          """)
      }
      let others = fields.number("others") ?? 0
      let why: Markup? =
        links.isEmpty && others == 0
        ? nil : "<p>\(words(.wereLeft(max(others, links.count))))</p>\n"
      let list: Markup? = links.isEmpty ? nil : "<ul>\n\(links.joined())</ul>\n"
      return """
        <div class="done" role="status">
        <p>\(words(.undone(changed, fields.number("highlights") ?? 0)))</p>
        \(why)\(list)</div>

        """
    }
  }
}

extension Phrase {
  static let history = Phrase("History", "操作历史")
  static let historyExplained = Phrase(
    "The last 50 actions of this machine, newest first. What came from other machines is not undone.",
    "本机最近 50 次操作，新的在前。来自其他设备的内容不会被撤销。")
  static let nothingToUndo = Phrase("There is nothing to undo.", "没有可以撤销的操作。")
  static let newest = Phrase("Newest:", "最近一次：")
  static let undo = Phrase("Undo", "撤销")

  static func articleCount(_ count: Int) -> Phrase {
    Phrase(Wording.count(count, "article"), "\(Wording.number(count)) 篇文章")
  }

  private static func things(_ articles: Int, _ highlights: Int) -> Phrase {
    switch (articles, highlights) {
    case (0, 1...):
      Phrase(Wording.count(highlights, "highlight"), "\(Wording.number(highlights)) 个高亮")
    case (_, 1...):
      Phrase(
        "\(Wording.count(articles, "article")) and \(Wording.count(highlights, "highlight"))",
        "\(Wording.number(articles)) 篇文章和 \(Wording.number(highlights)) 个高亮")
    default: articleCount(articles)
    }
  }

  static func wouldUndo(_ articles: Int, _ highlights: Int) -> Phrase {
    let things = things(articles, highlights)
    return Phrase(
      "Undoing it makes \(things.english) as they were before.",
      "撤销后，\(things.chinese)将恢复原状。")
  }

  static func wouldLeave(_ count: Int) -> Phrase {
    Phrase(
      "\(Wording.number(count)) more stay as they are, since something was written of them after it.",
      "另有 \(Wording.number(count)) 项保持不变，因为此后又有改动。")
  }

  static func undone(_ articles: Int, _ highlights: Int) -> Phrase {
    let things = things(articles, highlights)
    return Phrase(
      "Undone: \(things.english). Undo once more to take that back.",
      "已撤销：\(things.chinese)。再次撤销即可恢复。")
  }

  static func wereLeft(_ count: Int) -> Phrase {
    Phrase(
      "\(Wording.number(count)) stayed as they are, since something was written of them after it.",
      "有 \(Wording.number(count)) 项保持不变，因为此后又有改动。")
  }
}
