import Satchel

/// What a form would add, with the button that adds it.
struct AddPreview {
  let visit: Visit
  let adding: Adding
  let outcome: Adding.Outcome
  /// The name of what waits; nil where nothing has to.
  let upload: String?
  /// Why it was not added when it was tried.
  var error: LibraryError?

  /// How many files are named that are left out.
  private static let named = 20

  private var words: Words { visit.words }

  func page() -> WebResponse {
    let title = words(.preview)
    return PageFrame(visit: visit, title: title, section: .add).page(
      """
      <h1>\(title)</h1>
      \(problem)\(contents)\(isNothing ? nil : button)\
      <p class="ways"><a href="\(visit.address("add"))">\(words(.addOther))</a></p>

      """, status: error.map(ProblemScreen.status) ?? 200)
  }

  private var problem: Markup? {
    error.map { .problem(visit.markup($0)) }
  }

  private var contents: Markup {
    switch outcome {
    case .article(let added, let draft): article(added.outcome, draft)
    case .files(let summary, let named): files(summary, named)
    }
  }

  /// Whether adding it would change nothing.
  private var isNothing: Bool {
    switch outcome {
    case .article(let added, _): added.outcome == .unchanged || added.outcome == .leftOut
    case .files(let summary, _): summary.added + summary.changed + summary.highlights == 0
    }
  }

  private func article(_ outcome: AddedArticle.Outcome, _ draft: ArticleDraft) -> Markup {
    let becomes: Phrase =
      switch outcome {
      case .added: .wouldBeNew
      case .changed: .wouldChange
      case .unchanged: .isHereAlready
      case .leftOut: .wouldBeLeftOut
      }
    let facts: [Markup?] = [
      draft.url.map { "<bdi>\($0)</bdi>" }, draft.author.map { "<bdi>\($0)</bdi>" },
      draft.published.map { words.day($0) },
      draft.body.isEmpty ? nil : "\(words(.length(draft.body.count)))",
    ]
    let tags = (draft.tags + adding.tagList).map { "<li>\($0)</li>" as Markup }
    let list: Markup? =
      tags.isEmpty ? nil : "<ul class=\"tags\">\(tags.joined(by: " "))</ul>\n"
    return """
      <article class="preview">
      <h2\(Markup.language(draft.language)) dir="auto">\(visit.title(draft.heading))</h2>
      <p class="facts">\(facts.compactMap { $0 }.joined(by: " · "))</p>
      \(list)</article>
      <p role="status">\(words(becomes))</p>

      """
  }

  private func files(_ summary: ImportSummary, _ named: NamedUploads) -> Markup {
    let counts: [(Int, Phrase)] = [
      (summary.added, .newArticles), (summary.changed, .changedArticles),
      (summary.unchanged, .unchangedArticles), (summary.duplicates, .copies),
      (summary.deleted, .deletedArticles), (summary.highlights, .newHighlights),
      (summary.passedOver.count, .withoutArticle), (summary.skipped.count, .skippedFiles),
    ]
    let rows = counts.filter { $0.0 > 0 || $0.1.english == Phrase.newArticles.english }.map {
      """
      <tr><th scope="row">\(words($0.1))</th><td>\(words.number($0.0))</td></tr>

      """ as Markup
    }
    let skipped = summary.skipped.prefix(AddPreview.named).map {
      """
      <li lang="en"><bdi>\(named.shown("\($0.path)"))</bdi>: \(named.shown("\($0.reason)"))</li>

      """ as Markup
    }
    let list: Markup? = skipped.isEmpty ? nil : "<ul class=\"remarks\">\n\(skipped.joined())</ul>\n"
    return """
      <table class="counts">
      <tbody>
      \(rows.joined())</tbody>
      </table>
      \(list)
      """
  }

  private var button: Markup {
    let upload: Markup? = upload.map { "<input type=\"hidden\" name=\"upload\" value=\"\($0)\">\n" }
    return visit.form(
      "add", "confirm", name: "confirm",
      """
      \(upload)<input type="hidden" name="kind" value="\(adding.isText ? "text" : "files")">
      <input type="hidden" name="title" value="\(adding.title)">
      <input type="hidden" name="url" value="\(adding.address)">
      <input type="hidden" name="tags" value="\(adding.tags)">
      <button class="main">\(words(.addIt))</button>

      """)
  }
}

extension Phrase {
  static let addIt = Phrase("Add it", "确认添加")
  static let addOther = Phrase("Choose something else", "重新选择")
  static let wouldBeNew = Phrase("It would be a new article.", "将作为新文章添加。")
  static let wouldChange = Phrase(
    "This article is here already; it would be brought up to date.", "文库中已有这篇文章，将会更新。")
  static let isHereAlready = Phrase("It is here already, as it is.", "文库中已有这篇文章，内容相同。")
  static let wouldBeLeftOut = Phrase("It cannot be added.", "无法添加。")
  static let newArticles = Phrase("New articles", "新文章")
  static let changedArticles = Phrase("Articles that are brought up to date", "将更新的文章")
  static let unchangedArticles = Phrase("Articles that are here already", "已有的文章")
  static let copies = Phrase("More copies of the same originals", "同一原文的重复副本")
  static let deletedArticles = Phrase("In the bin here, so left out", "已在回收站中，不再添加")
  static let newHighlights = Phrase("Highlights", "高亮")
  static let withoutArticle = Phrase("Pages without an article", "不含文章的页面")
  static let skippedFiles = Phrase("Left out", "无法读取，已跳过")

  static func length(_ bytes: Int) -> Phrase {
    Phrase(Wording.bytes(bytes), bytes < 1_000 ? "\(bytes) 字节" : Wording.bytes(bytes))
  }
}
