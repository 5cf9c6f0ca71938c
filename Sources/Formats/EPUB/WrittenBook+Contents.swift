// The contents of a book, for readers of either version.

extension WrittenBook {
  /// As readers of EPUB 3 have them.
  var navigation: String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
    <head><title>\(title)</title>\
    <link rel="stylesheet" type="text/css" href="style.css"/></head>
    <body>
    <nav epub:type="toc">
    <h1>\(title)</h1>
    <ol>
    \(lines(in: navigationPart, entry: navigationEntry))
    </ol>
    </nav>
    </body>
    </html>

    """
  }

  /// As readers of EPUB 2 have them.
  var contents: String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
    <head><meta name="dtb:uid" content="\(id)"/></head>
    <docTitle><text>\(title)</text></docTitle>
    <navMap>
    \(lines(in: contentsPart, entry: contentsEntry))
    </navMap>
    </ncx>

    """
  }
}

extension WrittenBook {
  /// An entry for each chapter, within those of the book's parts if it has any.
  private func lines(
    in part: (Int, BookPart, String) -> String, entry: (Int) -> String
  ) -> String {
    let parts = BookPart.parts(of: chapters)
    func entries(_ places: Range<Int>) -> String { places.map(entry).joined(separator: "\n") }
    guard !parts.isEmpty else { return entries(chapters.indices) }
    return parts.enumerated().map { part($0, $1, entries($1.chapters)) }.joined(separator: "\n")
  }

  private func navigationEntry(_ place: Int) -> String {
    let chapter = chapters[place]
    return "<li><a href=\"\(chapter.file)\">\(XMLText.escaped(chapter.title))</a></li>"
  }

  private func navigationPart(_ number: Int, _ part: BookPart, _ entries: String) -> String {
    let file = chapters[part.chapters.lowerBound].file
    return
      "<li><a href=\"\(file)\">\(XMLText.escaped(part.title))</a>\n<ol>\n\(entries)\n</ol></li>"
  }

  private func contentsEntry(_ place: Int) -> String {
    contentsPoint("p\(place + 1)", chapters[place].title, at: place) + "</navPoint>"
  }

  private func contentsPart(_ number: Int, _ part: BookPart, _ entries: String) -> String {
    let point = contentsPoint("part\(number + 1)", part.title, at: part.chapters.lowerBound)
    return "\(point)\n\(entries)\n</navPoint>"
  }

  /// A point that is not closed. What leads to one place has one number (NCX 2005, playOrder).
  private func contentsPoint(_ id: String, _ title: String, at place: Int) -> String {
    "<navPoint id=\"\(id)\" playOrder=\"\(place + 1)\"><navLabel><text>"
      + "\(XMLText.escaped(title))</text></navLabel><content src=\"\(chapters[place].file)\"/>"
  }
}
