import Satchel

/// What can be undone, the newest first, with what undoing it would bring back; and what came of it
/// after somebody did.
struct HistoryScreen {
  let visit: Visit
  /// Why nothing was undone that was to be.
  var notice: Phrase?

  private var words: Words { visit.words }

  func answer() async throws(LibraryError) -> WebResponse {
    let actions = try await visit.library.actions()
    let title = words(.history)
    let content: Markup = """
      <h1>\(title)</h1>
      \(told)\(try await outcome)<p>\(words(.historyExplained))</p>
      \(actions.isEmpty ? empty : try await newest(actions[0]) + list(actions))
      """
    return PageFrame(visit: visit, title: title, section: .history).page(
      content, status: notice == nil ? 200 : 409)
  }

  private var told: Markup? {
    notice.map { .problem("<p>\(words($0))</p>\n") }
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
    let button = visit.form(
      "undo", name: "undo",
      """
      <input type="hidden" name="action" value="\(action.state)">
      <button>\(words(.undo))</button>

      """)
    return """
      <section class="newest" aria-labelledby="newest">
      <h2 id="newest">\(words(.newest)) <code lang="en">\(String(action.command.prefix(200)))</code></h2>
      \(try await plan(action))\(button)</section>

      """
  }

  /// While somebody else writes nothing is tried, and the page is there all the same.
  private func plan(_ action: LoggedAction) async throws(LibraryError) -> Markup {
    let count: Markup = "<p>\(words(.wouldUndo(action.articles, 0)))</p>\n"
    guard action.articles <= HistoryScreen.mostTried else { return count }
    do throws(LibraryError) {
      return try await tried(action)
    } catch {
      switch error {
      case .store(.busy), .nothingToUndo, .actedSince: return count
      default: throw error
      }
    }
  }

  private func tried(_ action: LoggedAction) async throws(LibraryError) -> Markup {
    let plan = try await visit.library.dryRun.undo(ifNewestIs: action.state)
    let titles = try await visit.library.titles(of: Set(plan.change.changed.prefix(5)))
    let names = plan.change.changed.prefix(5).compactMap { titles[$0] }.filter { !$0.isEmpty }
    let examples = names.map { "<li dir=\"auto\">\(visit.title($0))</li>\n" as Markup }
    let list: Markup? = names.isEmpty ? nil : "<ul>\n\(examples.joined())</ul>\n"
    let left = plan.left.count + plan.otherLeft
    return """
      <p>\(words(.wouldUndo(plan.change.changed.count, plan.highlights.count)))</p>
      \(list)\(left > 0 ? "<p>\(words(.wouldLeave(left)))</p>\n" : nil as Markup?)
      """
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
          \(visit.title(row.article.heading))</a></li>

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
  static let actedMeanwhile = Phrase(
    "Something was done since this page was made. Nothing was undone: look again.",
    "此页面打开之后又有新的操作。没有撤销任何内容，请重新查看。")
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
      articles + highlights == 1
        ? "Undoing it restores \(things.english) to its earlier state."
        : "Undoing it restores \(things.english) to their earlier state.",
      "撤销后，\(things.chinese)将恢复原状。")
  }

  static func wouldLeave(_ count: Int) -> Phrase {
    Phrase(
      count == 1
        ? "1 more stays as it is, because it was changed later."
        : "\(Wording.number(count)) more stay as they are, because they were changed later.",
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
      count == 1
        ? "1 was left as it is, because it was changed later."
        : "\(Wording.number(count)) were left as they are, because they were changed later.",
      "有 \(Wording.number(count)) 项保持不变，因为此后又有改动。")
  }
}
