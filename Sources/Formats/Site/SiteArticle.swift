import Articles
import Documents

/// The page of an article.
struct SiteArticle {
  private let article: ExportedArticle
  private let entry: SiteEntry
  private let siteTitle: String

  init(_ article: ExportedArticle, _ entry: SiteEntry, siteTitle: String) {
    (self.article, self.entry, self.siteTitle) = (article, entry, siteTitle)
  }

  /// - Parameter image: where the image lies that the text names so.
  func page(image: @escaping (String) -> String?) -> String {
    let draft = article.draft
    let language = draft.language.flatMap { LanguageTag.isTag($0) ? $0 : nil }
    var page = SitePage(title: entry.title, depth: 1, language: language)
    page.isRightToLeft = LanguageTag.isRightToLeft(language, title: entry.title)
    var html = "<article>\n<h1>\(XMLText.escaped(entry.title))</h1>\n\(facts)"
    if article.hasText {
      let document = Document(reading: draft.body, as: draft.format.document)
      html += HTMLWriter(image: image).html(of: document.withoutTitle(draft.title))
    } else {
      html += "<p class=\"facts\">The text of this article is not here.</p>\n"
    }
    return page.html(of: siteTitle, html + "</article>\n" + marks)
  }
}

extension SiteArticle {
  private var facts: String {
    let draft = article.draft
    var facts = ["<a href=\"../days/\(entry.month).html\">\(entry.day)</a>"]
    if let site = entry.site {
      facts.append(link(site, SiteEntry.page(of: site, in: "sites")))
    }
    if let author = draft.author, !author.isBlank {
      facts.append(XMLText.escaped(author.onOneLine))
    }
    if let url = draft.url, HTMLWriter.isAllowed(url), !url.hasPrefix("mailto") {
      facts.append("<a class=\"original\" href=\"\(XMLText.escaped(url))\">Original</a>")
    }
    let tags = entry.tags.map { link($0, SiteEntry.page(of: $0, in: "tags")) }
    let line = tags.isEmpty ? "" : "<p class=\"tags\">\(tags.joined(separator: " "))</p>\n"
    return "<p class=\"facts\">\(facts.joined(separator: " · "))</p>\n\(line)"
  }

  private func link(_ name: String, _ path: String) -> String {
    "<a href=\"../\(path)\">\(XMLText.escaped(name))</a>"
  }

  /// Its note and its highlights.
  private var marks: String {
    let state = article.draft.state
    var html = ""
    if let note = state.note, !note.isBlank {
      html +=
        "<section class=\"marks\">\n<h2>Note</h2>\n\(SiteArticle.paragraphs(note))</section>\n"
    }
    guard !state.highlights.isEmpty else { return html }
    html += "<section class=\"marks\">\n<h2>Highlights</h2>\n"
    for highlight in state.highlights {
      html += "<blockquote>\n\(SiteArticle.paragraphs(highlight.quote))</blockquote>\n"
      if let note = highlight.note, !note.isBlank { html += SiteArticle.paragraphs(note) }
    }
    return html + "</section>\n"
  }

  private static func paragraphs(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { "<p>\(XMLText.escaped(String($0)))</p>\n" }
      .joined()
  }
}
