/// What all pages have around what they say.
struct SitePage {
  let title: String
  /// How deep the page lies, and so how its links to the first page begin.
  let depth: Int
  var language: String?
  var isRightToLeft = false
  /// Whether the page has a script, which looks for words.
  var hasSearch = false

  private var root: String { String(repeating: "../", count: depth) }

  /// - Parameters:
  ///   - siteTitle: what all pages are called together.
  ///   - content: what stands in the page, which is safe.
  func html(of siteTitle: String, _ content: String) -> String {
    let language = language.map { " lang=\"\($0)\"" } ?? ""
    let direction = isRightToLeft ? " dir=\"rtl\"" : ""
    let script = hasSearch ? "<script src=\"\(root)search.js\" defer></script>\n" : ""
    let full = title == siteTitle ? title : "\(title) · \(siteTitle)"
    let links = [("days", "Days"), ("sites", "Sites"), ("tags", "Tags")].map {
      "<a href=\"\(root)\($0.0).html\">\($0.1)</a>"
    }
    return """
      <!doctype html>
      <html\(language)\(direction)>
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="referrer" content="no-referrer">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(XMLText.escaped(full))</title>
      <link rel="stylesheet" href="\(root)style.css">
      \(script)</head>
      <body>
      <nav><a class="home" href="\(root)index.html">\(XMLText.escaped(siteTitle))</a> \
      \(links.joined(separator: " "))</nav>
      <main>
      \(content)</main>
      </body>
      </html>

      """
  }

  /// Nothing is fetched but what lies beside the page: from a disk, `'self'` is no browser's word for
  /// that.
  private var policy: String {
    let scripts = hasSearch ? "; script-src 'self' file:" : ""
    return "default-src 'none'; img-src 'self' file:; style-src 'self' file:\(scripts); "
      + "base-uri 'none'; form-action 'none'"
  }
}
