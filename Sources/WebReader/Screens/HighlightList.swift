import Documents
import Satchel

/// The passages that a reader marked in an article, with what was noted of them.
struct HighlightList {
  let visit: Visit
  let row: ArticleRow
  let page: ReaderPage
  let refusal: Refusal?

  private var words: Words { visit.words }

  /// So many are listed, and so much of each passage; the text has all of it.
  private static let listed = 200
  private static let listedCharacters = 300

  var markup: Markup {
    get async throws(LibraryError) {
      let canMark = !visit.isReadOnly && !row.article.isDeleted && page.text != nil
      guard canMark || !page.highlights.isEmpty else { return .nothing }
      return """
        <section id="highlights" aria-labelledby="highlights-title">
        <h2 id="highlights-title">\(words(.highlights))</h2>
        \(try await list)\(canMark ? HighlightForm(visit: visit, row: row, refusal: refusal).markup : nil)\
        </section>

        """
    }
  }

  private var list: Markup {
    get async throws(LibraryError) {
      guard !page.highlights.isEmpty else { return .nothing }
      var items = Markup.nothing
      for highlight in page.highlights.prefix(HighlightList.listed) {
        items += try await item(highlight)
      }
      let rest = page.highlights.count - HighlightList.listed
      let more: Markup? = rest > 0 ? "<p class=\"hint\">\(words(.moreHighlights(rest)))</p>\n" : nil
      return "<ol class=\"highlights\">\n\(items)</ol>\n\(more)"
    }
  }

  private func item(_ highlight: PlacedHighlight) async throws(LibraryError) -> Markup {
    let color = HTMLMark(0..<0, id: "", color: highlight.row.highlight.color).color.rawValue
    let isOrphan = highlight.place == .orphan
    return """
      <li id="highlight-\(highlight.id.description)" class="\(color)\(isOrphan ? " orphan" : "")">
      <blockquote dir="auto"\(Markup.language(row.article.language))>\(quote(highlight))</blockquote>
      \(facts(of: highlight))\(try await note(of: highlight))</li>

      """
  }

  private func quote(_ highlight: PlacedHighlight) -> Markup {
    let text = highlight.row.highlight.anchor.quote.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    let isLong = text.count > HighlightList.listedCharacters
    let quote = isLong ? "\(text.prefix(HighlightList.listedCharacters))…" : text
    guard let part = page.text?.partsOfMarks[highlight.markID] else { return "\(quote)" }
    let here = part == page.text?.number ? "" : visit.here(part: part)
    return "<a href=\"\(here)#\(highlight.markID)\">\(quote)</a>"
  }

  private func facts(of highlight: PlacedHighlight) -> Markup? {
    let place: Phrase? =
      switch highlight.place {
      case .orphan: .orphan
      case .unknown: .placeUnknown
      case .scalars: nil
      }
    let conflict: Markup? =
      highlight.row.hasConflict
      ? """
      <a class="conflict" href="\(visit.address("conflicts"))">\(words(.noteConflict))</a>
      """ : nil
    let facts = [place.map { "\(words($0))" }, conflict].compactMap { $0 }
    return facts.isEmpty ? nil : "<p class=\"hint\">\(facts.joined(by: " · "))</p>\n"
  }
}

// MARK: Notes

extension HighlightList {
  private func note(of highlight: PlacedHighlight) async throws(LibraryError) -> Markup {
    let note = highlight.row.highlight.note.flatMap { $0.isBlank ? nil : ArticleRow.listed($0) }
    let text: Markup? = note.map { "<p class=\"note\" dir=\"auto\">\($0)</p>\n" }
    guard !visit.isReadOnly, !row.article.isDeleted else { return text ?? .nothing }
    return "\(text)\(try await noteForm(of: highlight.id, hasNote: note != nil))"
      + visit.form(
        "highlight", highlight.id.description, "delete", name: "field",
        "<button class=\"quiet\">\(words(.removeHighlight))</button>\n")
  }

  private func noteForm(
    of id: HighlightID, hasNote: Bool
  ) async throws(LibraryError) -> Markup {
    let shown = try await visit.library.note(of: id)
    let text = refusal.value("text", in: .highlightNote(id), else: shown.text ?? "")
    guard let memo = refusal.memo(shown, in: .highlightNote(id)).text, FormText.fits(text) else {
      return .nothing
    }
    let field = "note-\(id)"
    let isOpen: Markup? = refusal?.form == .highlightNote(id) ? " open" : nil
    return """
      <details\(isOpen)>
      <summary>\(words(hasNote ? .changeNote : .addNote))</summary>
      \(visit.form(
        "highlight", id.description, "note", name: "field",
        """
        <label for="\(field)">\(words(.passageNote))</label>
        <textarea id="\(field)" name="text" rows="3" dir="auto">
        \(text)</textarea>
        <input type="hidden" name="shown" value="\(memo)">
        <button>\(words(.saveHighlightNote))</button>

        """))</details>

      """
  }
}

/// The form that marks a passage: the script fills it in where a passage is selected, others paste
/// one.
struct HighlightForm {
  let visit: Visit
  let row: ArticleRow
  let refusal: Refusal?

  private var words: Words { visit.words }

  var markup: Markup {
    let isOpen: Markup? = refusal?.form == .highlight ? " open" : nil
    return """
      <details class="mark"\(isOpen)>
      <summary>\(words(.markPassage))</summary>
      \(form)</details>

      """
  }

  private var form: Markup {
    visit.form(
      "article", row.id.description, "highlight", name: "field", id: "highlight",
      """
      <label for="highlight-quote">\(words(.passage))</label>
      <textarea id="highlight-quote" name="quote" rows="3" dir="auto" required>
      \(refusal.value("quote", in: .highlight, else: ""))</textarea>
      \(number)\
      <label for="highlight-color">\(words(.color))</label>
      <select id="highlight-color" name="color">
      \(colors)</select>
      <label for="highlight-note">\(words(.passageNote))</label>
      <input id="highlight-note" name="note" \
      value="\(refusal.value("note", in: .highlight, else: ""))" dir="auto">
      <button>\(words(.mark))</button>

      """)
  }

  /// Which of several places is meant; without a choice the script says it.
  private var number: Markup {
    guard let places = refusal?.places, !places.isEmpty else {
      return "<input type=\"hidden\" name=\"number\" value=\"\">\n"
    }
    let choices = places.enumerated().map { index, place -> Markup in
      """
      <label dir="auto"><input type="radio" name="number" value="\(index + 1)" required> \
      …\(place.prefix)<mark>\(HighlightForm.beginning(of: place.quote))</mark>\(place.suffix)…</label>

      """
    }
    return """
      <fieldset>
      <legend>\(words(.whichPlace))</legend>
      \(choices.joined())</fieldset>

      """
  }

  private var colors: Markup {
    let chosen = refusal.value("color", in: .highlight, else: HTMLMark.Color.yellow.rawValue)
    return HTMLMark.Color.allCases.map { color -> Markup in
      let mark: Markup? = color.rawValue == chosen ? " selected" : nil
      return "<option value=\"\(color.rawValue)\"\(mark)>\(words(.color(color)))</option>\n"
    }.joined()
  }

  private static func beginning(of quote: String) -> String {
    quote.count > 100 ? "\(quote.prefix(100))…" : quote
  }
}

extension Phrase {
  fileprivate static let highlights = Phrase("Highlights", "高亮")
  fileprivate static let orphan = Phrase("not in the text as it is now", "现在的正文中没有这段文字")
  fileprivate static let placeUnknown = Phrase("the text is missing here", "本机没有正文")
  fileprivate static let noteConflict = Phrase("in conflict", "有冲突")
  fileprivate static let removeHighlight = Phrase("Remove the highlight", "移除高亮")
  fileprivate static let addNote = Phrase("Add a note", "添加备注")
  fileprivate static let changeNote = Phrase("Change the note", "修改备注")
  fileprivate static let passageNote = Phrase("Note", "备注")
  fileprivate static let saveHighlightNote = Phrase("Save", "保存")
  fileprivate static let markPassage = Phrase("Highlight a passage", "高亮一段文字")
  fileprivate static let passage = Phrase("The passage, as the text has it", "要高亮的原文")
  fileprivate static let color = Phrase("Color", "颜色")
  fileprivate static let mark = Phrase("Highlight it", "添加高亮")
  fileprivate static let whichPlace = Phrase("Which place is meant?", "是哪一处？")

  fileprivate static func moreHighlights(_ count: Int) -> Phrase {
    Phrase(
      "\(Wording.number(count)) more: satchel highlight list shows them.",
      "另有 \(Wording.number(count)) 处，可用 satchel highlight list 查看。")
  }

  fileprivate static func color(_ color: HTMLMark.Color) -> Phrase {
    switch color {
    case .yellow: Phrase("Yellow", "黄色")
    case .green: Phrase("Green", "绿色")
    case .blue: Phrase("Blue", "蓝色")
    case .pink: Phrase("Pink", "粉色")
    case .purple: Phrase("Purple", "紫色")
    }
  }
}
