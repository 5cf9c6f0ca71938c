import Satchel

/// What all pages have around what they say.
struct PageFrame {
  let visit: Visit
  let title: String
  /// Which place of the navigation is marked as the present one.
  var section: Section?

  /// The places that every page leads to.
  enum Section: String, CaseIterable { case list, tags, sites, conflicts, bin, sync, add, settings }

  /// A whole page.
  func page(_ content: Markup, status: Int = 200) -> WebResponse {
    .page(
      """
      <!doctype html>
      <html lang="\(visit.words.language.rawValue)">
      <head>
      <meta charset="utf-8">
      <title>\(title)</title>
      </head>
      <body>
      <main>
      \(content)</main>
      </body>
      </html>

      """, status: status)
  }
}
