import Documents
import Satchel

/// What an article is: its title, where it is from, how long one reads it.
struct ArticleHead {
  let visit: Visit
  let row: ArticleRow
  let text: HTMLPart?

  private var article: Article { row.article }

  /// All of it stands here, up to where lists cut it on the terminal too.
  var title: String {
    article.heading.isEmpty ? visit.words(.untitled) : ArticleRow.listed(article.heading)
  }

  var markup: Markup {
    """
    <header>
    <h1 dir="auto">\(title)</h1>
    <p class="facts">\(facts.joined(by: " · "))</p>
    </header>

    """
  }

  /// The attributes that say in which language the article is, and in which direction it runs.
  var language: Markup {
    let direction = TextDirection(of: article.language)
    return "\(Markup.language(article.language)) dir=\"\(direction.rawValue)\""
  }

  private var facts: [Markup] {
    let names = [article.site, article.author].compactMap { $0 }.filter { !$0.isBlank }
    return names.map { "<bdi>\(ArticleRow.listed($0))</bdi>" }
      + [article.published.map { visit.words.day($0) }, length, original].compactMap { $0 }
  }

  private var length: Markup? {
    text.map { text in
      "\(visit.words(.minutes(ReadingTime(html: text.html).minutes * text.count)))"
    }
  }

  private var original: Markup? {
    guard let url = article.url else { return nil }
    guard HTMLWriter.isAllowed(url) else { return "<bdi>\(ArticleRow.listed(url))</bdi>" }
    return """
      <a class="original" href="\(url)" rel="noreferrer noopener">\(visit.words(.original))</a>
      """
  }
}

/// In which direction a text runs.
enum TextDirection: String {
  /// As its first letter says.
  case auto
  case rtl

  init(of language: String?) {
    let name = language?.lowercased().prefix { $0 != "-" && $0 != "_" } ?? ""
    self = TextDirection.fromTheRight.contains(String(name)) ? .rtl : .auto
  }

  private static let fromTheRight: Set<String> = [
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi",
  ]
}

extension Phrase {
  fileprivate static let original = Phrase("Original", "原文")

  fileprivate static func minutes(_ count: Int) -> Phrase {
    Phrase("\(Wording.number(count)) min read", "约 \(Wording.number(count)) 分钟")
  }
}
