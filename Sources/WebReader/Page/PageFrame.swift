import Satchel

/// What all pages have around what they say: their head, the way to every other place, and the
/// hooks that the script looks for (Protocol 11.9).
struct PageFrame {
  let visit: Visit
  let title: String
  /// Which place of the navigation is marked as the present one.
  var section: Section?
  /// An `<aside>`, which stands beside the content where there is room, and else behind it.
  var aside: Markup = .nothing
  /// Loads the page anew after so many seconds; for what goes on without its reader.
  var refreshSeconds: Int?
  /// Whether the script is told how that goes on, so that it does so for those without script
  /// alone.
  var isTold = false

  /// The places that every page leads to.
  enum Section: String, CaseIterable {
    case list, tags, sites, conflicts, bin, sync, add, history, settings, help
  }

  /// A whole page.
  func page(_ content: Markup, status: Int = 200) -> WebResponse {
    .page(
      """
      <!doctype html>
      <html lang="\(visit.words.language.rawValue)" class="\(visit.preferences.size.rawValue)">
      \(head)\
      <body\(hooks)>
      <a class="skip" href="#main">\(visit.words(.skip))</a>
      \(PageHeader(visit: visit, section: section).markup)\
      <div class="page">
      <main id="main" tabindex="-1">
      \(content)</main>
      \(aside)\
      </div>
      \(footer)\
      </body>
      </html>

      """, status: status)
  }
}

extension PageFrame {
  private var head: Markup {
    """
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    \(refresh)\
    <title>\(fullTitle)</title>
    <link rel="icon" href="\(visit.address(of: .icon))" type="\(Asset.icon.type)">
    <link rel="stylesheet" href="\(visit.address(of: .style))">
    <script type="module" src="\(visit.address(of: .script))"></script>
    </head>

    """
  }

  private var fullTitle: String {
    title.isEmpty ? visit.facts.name : "\(title) · \(visit.facts.name)"
  }

  private var refresh: Markup? {
    refreshSeconds.map { seconds in
      let refresh: Markup = "<meta http-equiv=\"refresh\" content=\"\(seconds)\">"
      return isTold ? "<noscript>\(refresh)</noscript>\n" : "\(refresh)\n"
    }
  }

  /// A session that only reads has no token, and its script sends nothing.
  private var hooks: Markup {
    let token: Markup? = visit.isReadOnly ? nil : " data-token=\"\(visit.token)\""
    let end: Markup? = visit.preferences.marksReadAtEnd ? " data-end" : nil
    return """
       data-home="\(visit.address())" data-revision="\(String(visit.facts.revision))"\
      \(token)\(end)\(news)
      """
  }

  /// Pages on which one types, and those that no change concerns, are not offered anew.
  private var news: Markup? {
    switch section {
    case .add, .settings, .help, .sync: nil
    default:
      """
       data-news="\(visit.words(.news))" data-reload="\(visit.words(.reload))"
      """
    }
  }

  private var footer: Markup {
    """
    <footer>
    <p><bdi>\(visit.facts.name)</bdi> · <a href="\(visit.here)">\(visit.words(.reload))</a> · \
    <a href="\(visit.address("help"))">\(visit.words(.keys))</a></p>
    </footer>

    """
  }
}

extension Phrase {
  fileprivate static let skip = Phrase("Skip to the content", "跳到正文")
  fileprivate static let news = Phrase("The library has changed.", "文库有更新。")
  fileprivate static let reload = Phrase("Load this page again", "重新载入本页")
  fileprivate static let keys = Phrase("Keys and queries", "快捷键与查询语法")
}
