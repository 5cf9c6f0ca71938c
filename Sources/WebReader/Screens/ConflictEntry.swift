import Satchel

/// One conflict: what is shown, what is not, who wrote each and when, and the choice.
struct ConflictEntry {
  let visit: Visit
  let conflict: Conflict
  /// What the listing calls it.
  let name: String
  let names: ConflictNames

  private var words: Words { visit.words }

  var markup: Markup {
    """
    <article class="conflict" id="c-\(name)">
    \(head)\(conflict.isOfDeletion ? deletion : sides)\(choice)</article>

    """
  }

  private var head: Markup {
    guard let subject = names.subject(of: conflict) else { return "<h2>\(words(field))</h2>\n" }
    let quote: Markup? = subject.quote.map { "<blockquote dir=\"auto\">\($0)</blockquote>\n" }
    return """
      <h2><a href="\(visit.address("article", subject.articleID))"\
      \(Markup.language(subject.language)) dir="auto">\(visit.title(subject.title))</a></h2>
      <p class="facts">\(words(field))</p>
      \(quote)
      """
  }

  private var field: Phrase {
    switch (conflict.register.entity.kind, conflict.register.field) {
    case (.highlight, _): .highlightNote
    case (_, ArticleField.note): .note
    case (_, ArticleField.title): .title
    case (_, ArticleField.deleted): .deletedAndAnnotated
    default: Phrase(conflict.register.field.name, conflict.register.field.name)
    }
  }

  private func writer(_ operation: LoggedOperation) -> Markup {
    """
    <bdi class="writer">\(names.writer(of: operation))</bdi>, \
    \(words.time(milliseconds: operation.stamp.milliseconds))
    """
  }
}

extension ConflictEntry {
  private var deletion: Markup {
    """
    <p>\(words(.deletedBy)) \(writer(conflict.kept))</p>
    <p>\(words(.annotatedBy)) \(writer(conflict.lost))</p>
    <blockquote class="other" dir="auto">\(lines(ConflictEntry.text(of: conflict.lost)))</blockquote>

    """
  }

  private var sides: Markup {
    let (kept, other) = (
      ConflictEntry.text(of: conflict.kept), ConflictEntry.text(of: conflict.lost)
    )
    guard !Conflict.isLong(kept), !Conflict.isLong(other) else {
      return """
        <p><del>\(words(.shown)) \(writer(conflict.kept))</del></p>
        <p><ins>\(words(.notShown)) \(writer(conflict.lost))</ins></p>
        <div class="difference" dir="auto">\(DifferenceText(from: kept, to: other).markup)</div>

        """
    }
    return """
      <div class="sides">
      <section class="kept">
      <h3>\(words(.shown)) \(writer(conflict.kept))</h3>
      <blockquote dir="auto">\(lines(kept))</blockquote>
      </section>
      <section class="other">
      <h3>\(words(.notShown)) \(writer(conflict.lost))</h3>
      <blockquote dir="auto">\(lines(other))</blockquote>
      </section>
      </div>

      """
  }

  /// Texts of one register are words; what another version wrote is told to be something else.
  private static func text(of operation: LoggedOperation) -> String { operation.value.text ?? "" }

  private func lines(_ text: String) -> Markup {
    guard !text.isEmpty else { return "<em>\(words(.nothingWritten))</em>" }
    let text = text.prefix(DifferenceText.maximumCharacters)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "\(String($0))" }.joined(by: "<br>\n")
  }

  private var choice: Markup {
    let (keep, take): (Phrase, Phrase) =
      conflict.isOfDeletion ? (.leaveDeleted, .bringBack) : (.keepShown, .takeOther)
    return visit.form(
      "conflicts", "settle", name: "choice",
      """
      <input type="hidden" name="conflict" value="\(name)">
      <input type="hidden" name="state" value="\(conflict.state)">
      <button name="side" value="kept">\(words(keep))</button>
      <button name="side" value="other">\(words(take))</button>

      """)
  }
}

extension Phrase {
  static let highlightNote = Phrase("Note on a highlight", "高亮的备注")
  static let note = Phrase("Note", "备注")
  static let title = Phrase("Title", "标题")
  static let deletedAndAnnotated = Phrase(
    "Deleted here and annotated there", "一处删除，另一处写了备注")
  static let deletedBy = Phrase("Deleted by", "删除：")
  static let annotatedBy = Phrase("Annotated after that by", "之后写下备注：")
  static let shown = Phrase("Shown:", "当前显示：")
  static let notShown = Phrase("Not shown:", "未显示：")
  static let nothingWritten = Phrase("(empty: the text was removed)", "（空：文字已被清除）")
  static let keepShown = Phrase("Keep what is shown", "保留当前显示的")
  static let takeOther = Phrase("Take the other", "改用另一份")
  static let leaveDeleted = Phrase("Leave it deleted", "仍然删除")
  static let bringBack = Phrase("Bring it back with the note", "连同备注一起恢复")
}
