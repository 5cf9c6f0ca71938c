import Satchel

/// What a reader says of an article, and the forms to say it; for a session that only reads, what
/// is said.
struct ArticleForms {
  let visit: Visit
  let row: ArticleRow
  let refusal: Refusal?

  private var article: Article { row.article }
  private var words: Words { visit.words }

  var markup: Markup {
    get async throws(LibraryError) {
      let content: Markup =
        if visit.isReadOnly {
          said
        } else if article.isDeleted {
          restore
        } else {
          marks + rating + tags + (try await note) + (try await more)
        }
      return """
        <aside id="state" aria-label="\(words(.yourState))">
        \(conflict)\(content)</aside>

        """
    }
  }
}

// MARK: What is said

extension ArticleForms {
  private var said: Markup {
    let states: [(Bool, Phrase)] = [
      (article.isDeleted, .isDeleted), (true, article.isRead ? .isRead : .isUnread),
      (article.isStarred, .isStarred), (article.isArchived, .isArchived),
    ]
    let facts =
      states.filter(\.0).map { "\(words($0.1))" }
      + [visit.rating(article.rating)].compactMap { $0 }
    return """
      <p class="facts">\(facts.joined(by: " · "))</p>
      \(article.tags.isEmpty ? nil : tagList { _ in .nothing })\(noteText)
      """
  }

  private var noteText: Markup? {
    article.note.map { "<p class=\"note\" dir=\"auto\">\(ArticleRow.listed($0))</p>\n" }
  }

  private var conflict: Markup? {
    guard row.hasConflict else { return nil }
    return """
      <p class="conflict"><a href="\(visit.address("conflicts"))">\(words(.conflictLink))</a></p>

      """
  }

  /// - Parameter button: what stands beside a tag.
  private func tagList(_ button: (String) -> Markup) -> Markup {
    let items = article.tags.prefix(ArticleRow.listedTags).map { tag -> Markup in
      """
      <li><a href="\(visit.list(Visit.query(tag: tag)))" dir="auto">\(ArticleRow.listed(tag))</a>\
      \(button(tag))</li>

      """
    }
    return "<ul class=\"tags\" aria-label=\"\(words(.tags))\">\n\(items.joined())</ul>\n"
  }
}

// MARK: Forms

extension ArticleForms {
  private func form(
    _ verb: String, id: String? = nil, _ content: Markup, name: String = "row"
  ) -> Markup {
    visit.form("article", row.id.description, verb, name: name, id: id ?? verb, content)
  }

  private var marks: Markup {
    let buttons = article.offeredMarks.map { mark, phrase -> Markup in
      "<button name=\"mark\" value=\"\(mark.rawValue)\">\(words(phrase))</button>\n"
    }
    return form("mark", buttons.joined())
  }

  private var rating: Markup {
    let stars = (1...5).map { number -> Markup in
      """
      <button name="stars" value="\(number)" aria-label="\(words(.stars(number)))" \
      aria-pressed="\(number == article.rating ? "true" : "false")">\
      \(number <= article.rating ? "★" : "☆")</button>

      """
    }
    let none: Markup? =
      article.rating > 0
      ? "<button name=\"stars\" value=\"0\" class=\"quiet\">\(words(.noRating))</button>\n" : nil
    return form(
      "rate",
      """
      <fieldset class="row">
      <legend>\(words(.rating))</legend>
      \(stars.joined())\(none)</fieldset>

      """)
  }

  private var tags: Markup {
    let list = tagList { tag in
      """
       <button name="remove" value="\(tag)" class="quiet" \
      aria-label="\(words(.removeTag(ArticleRow.listed(tag))))">×</button>
      """
    }
    let typed = refusal.value("add", in: .tag, else: "")
    return (article.tags.isEmpty ? .nothing : form("tags", id: "untag", list))
      + form(
        "tags", id: "tag",
        """
        <label for="add-tag">\(words(.addTag))</label>
        <input id="add-tag" name="add" value="\(typed)" autocomplete="off">
        <button>\(words(.add))</button>

        """)
  }

  private var note: Markup {
    get async throws(LibraryError) {
      let shown = try await visit.library.note(of: row.id)
      let text = refusal.value("text", in: .note, else: shown.text ?? "")
      guard let memo = refusal.memo(shown, in: .note).text, FormText.fits(text) else {
        return "\(noteText)<p class=\"hint\">\(words(.tooLongHere))</p>\n"
      }
      // Whose form was refused sees what is there, too.
      let present = refusal?.form == .note ? noteText : nil
      return form(
        "note",
        """
        \(present)<label for="note-text">\(words(.note))</label>
        <textarea id="note-text" name="text" rows="4" dir="auto">
        \(text)</textarea>
        <input type="hidden" name="shown" value="\(memo)">
        <button>\(words(.saveNote))</button>

        """, name: "field")
    }
  }
}

// MARK: What is done seldom

extension ArticleForms {
  private var more: Markup {
    get async throws(LibraryError) {
      let isOpen: Markup? = refusal?.form == .title ? " open" : nil
      return """
        <details class="more"\(isOpen)>
        <summary>\(words(.more))</summary>
        \(try await title)\(row.bodyLength == nil ? nil : evict)\
        \(form("delete", "<button class=\"danger\">\(words(.delete))</button>\n"))</details>

        """
    }
  }

  private var title: Markup {
    get async throws(LibraryError) {
      let shown = try await visit.library.title(of: row.id)
      let text = refusal.value("text", in: .title, else: shown.text ?? "")
      guard let memo = refusal.memo(shown, in: .title).text, FormText.fits(text) else {
        return .nothing
      }
      return form(
        "title",
        """
        <label for="title-text">\(words(.title))</label>
        <textarea id="title-text" name="text" rows="2" dir="auto">
        \(text)</textarea>
        <input type="hidden" name="shown" value="\(memo)">
        <button>\(words(.saveTitle))</button>
        <p class="hint">\(words(.byHandHint))</p>

        """, name: "field")
    }
  }

  private var evict: Markup {
    form(
      "evict",
      """
      <button>\(words(.evict))</button>
      <p class="hint">\(words(.evictHint))</p>

      """)
  }

  private var restore: Markup {
    """
    <p>\(words(.wasDeleted))</p>
    \(form("restore", "<button class=\"main\">\(words(.restore))</button>\n"))
    """
  }
}

extension Phrase {
  fileprivate static let yourState = Phrase("Your reading", "我的阅读状态")
  fileprivate static let isRead = Phrase("read", "已读")
  fileprivate static let isUnread = Phrase("unread", "未读")
  fileprivate static let conflictLink = Phrase(
    "In conflict: there is another version of the title or a note.",
    "有冲突：标题或备注另有一个版本。")
  fileprivate static let rating = Phrase("Rating", "评分")
  fileprivate static let noRating = Phrase("No rating", "取消评分")
  fileprivate static let addTag = Phrase("Add a tag", "添加标签")
  fileprivate static let saveNote = Phrase("Save the note", "保存备注")
  fileprivate static let tooLongHere = Phrase(
    "The note is too long to be changed on a page: satchel note -e does.",
    "备注太长，无法在网页上修改；请用 satchel note -e。")
  fileprivate static let more = Phrase("More", "更多")
  fileprivate static let saveTitle = Phrase("Save the title", "保存标题")
  fileprivate static let byHandHint = Phrase(
    "Imports leave a title alone that was given by hand.", "手动修改的标题不会被导入覆盖。")
  fileprivate static let evict = Phrase("Remove the text from this machine", "从本机移除正文")
  fileprivate static let evictHint = Phrase(
    "It goes once another replica is known to keep it, and can be fetched again.",
    "确认其他副本保留后才会移除，之后可再取回。")
  fileprivate static let delete = Phrase("Delete the article", "删除文章")
  fileprivate static let wasDeleted = Phrase("This article was deleted.", "这篇文章已被删除。")

  fileprivate static func removeTag(_ tag: String) -> Phrase {
    Phrase("Remove the tag \(tag)", "移除标签 \(tag)")
  }
}
