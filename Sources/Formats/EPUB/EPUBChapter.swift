import Articles
import Documents

/// An article as a chapter of a book.
struct EPUBChapter {
  let file: String
  /// Never empty.
  let title: String
  let language: String?
  private let article: ExportedArticle

  init(_ article: ExportedArticle, number: Int) {
    self.article = article
    file = "c\(number).xhtml"
    title = article.draft.shownTitle
    language = article.draft.language.flatMap { LanguageTag.isTag($0) ? $0 : nil }
  }

  /// - Parameter image: where the image lies that the text names so.
  func page(image: @escaping (String) -> String?) -> String {
    let draft = article.draft
    let language = language.map { " lang=\"\($0)\" xml:lang=\"\($0)\"" } ?? ""
    let direction = LanguageTag.isRightToLeft(self.language, title: title) ? " dir=\"rtl\"" : ""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<!DOCTYPE html>",
      "<html xmlns=\"http://www.w3.org/1999/xhtml\"\(language)\(direction)>",
      "<head><title>\(XMLText.escaped(title))</title>"
        + "<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/></head>",
      "<body>", "<h1>\(XMLText.escaped(title))</h1>",
    ]
    let facts = draft.facts.map { XMLText.escaped($0.onOneLine) }
    if !facts.isEmpty { lines.append("<p class=\"facts\">\(facts.joined(separator: " · "))</p>") }
    if let url = draft.url {
      let text = XMLText.escaped(url.onOneLine)
      let link = WebLink.strict(url).map { "<a href=\"\(XMLText.escaped($0))\">\(text)</a>" }
      lines.append("<p class=\"facts\">\(link ?? text)</p>")
    }
    if article.hasText {
      let document = Document(reading: draft.body, as: draft.format.document)
      lines.append(XHTMLText(image: image).text(of: document.withoutTitle(draft.title)))
    } else {
      lines.append("<p>The text of this article is not here.</p>")
    }
    lines += marks
    return lines.joined(separator: "\n") + "\n</body>\n</html>\n"
  }

  /// Its note and its highlights.
  private var marks: [String] {
    let state = article.draft.state
    var lines: [String] = []
    if let note = state.note, !note.isBlank {
      lines += ["<hr/>", "<h2>Note</h2>"] + EPUBChapter.paragraphs(note)
    }
    guard !state.highlights.isEmpty else { return lines }
    lines += ["<hr/>", "<h2>Highlights</h2>"]
    for highlight in state.highlights {
      lines += ["<blockquote>"] + EPUBChapter.paragraphs(highlight.quote) + ["</blockquote>"]
      if let note = highlight.note, !note.isBlank { lines += EPUBChapter.paragraphs(note) }
    }
    return lines
  }

  private static func paragraphs(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { "<p>\(XMLText.escaped(String($0)))</p>" }
  }
}

extension ArticleDraft {
  /// The title on one line, or what stands for it.
  var shownTitle: String {
    let title = title.onOneLine
    return title.isBlank ? url?.onOneLine ?? "Untitled" : title
  }

  /// Where it appeared, who wrote it, and when.
  var facts: [String] {
    [site, author, published.map { String($0.prefix(10)) }].compactMap(\.self)
      .filter { !$0.isBlank }
  }
}

extension Document {
  /// The document without a first heading that says the title once more.
  func withoutTitle(_ title: String) -> Document {
    guard case .heading(_, let text)? = blocks.first, text.text == title else { return self }
    return Document(Array(blocks.dropFirst()))
  }
}
