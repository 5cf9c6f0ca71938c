import Files
import Replication

/// What a book says of itself, and of what is in it.
struct WrittenBook {
  var chapters: [BookChapter] = []
  var pictures: [(file: String, mediaType: String)] = []
  /// That of its first chapter.
  var language: String?
  let id: String
  /// As it stands in XML.
  let title: String
  private let modified: String

  init(_ target: ExportTarget) {
    id = (Identifier(bytes: target.library.prefix(16)) ?? Identifier(high: 0, low: 0)).name
    title = XMLText.escaped(target.title)
    modified =
      InstantText.text(of: target.now).map { "\($0.prefix(19))Z" } ?? "1970-01-01T00:00:00Z"
  }

  static let container = """
    <?xml version="1.0" encoding="utf-8"?>
    <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
    <rootfiles>
    <rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/>
    </rootfiles>
    </container>

    """

  static let style = """
    body { line-height: 1.5; }
    h1 { line-height: 1.25; }
    img { max-width: 100%; height: auto; }
    pre { white-space: pre-wrap; }
    .facts { font-size: 0.85em; margin: 0.3em 0; }
    .plain { list-style: none; }
    td, th { padding: 0.2em 0.4em; vertical-align: top; }

    """

  var package: String {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
      "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\">",
      "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">",
      "<dc:identifier id=\"id\">\(id)</dc:identifier>", "<dc:title>\(title)</dc:title>",
      "<dc:language>\(language ?? "und")</dc:language>",
      "<meta property=\"dcterms:modified\">\(modified)</meta>", "</metadata>", "<manifest>",
      item("nav", "nav.xhtml", "application/xhtml+xml", " properties=\"nav\""),
      item("ncx", "toc.ncx", "application/x-dtbncx+xml"), item("style", "style.css", "text/css"),
    ]
    for (number, chapter) in chapters.enumerated() {
      lines.append(item("c\(number + 1)", chapter.file, "application/xhtml+xml"))
    }
    for (number, picture) in pictures.enumerated() {
      lines.append(item("i\(number + 1)", picture.file, picture.mediaType))
    }
    lines += ["</manifest>", "<spine toc=\"ncx\">", "<itemref idref=\"nav\"/>"]
    for number in chapters.indices { lines.append("<itemref idref=\"c\(number + 1)\"/>") }
    return lines.joined(separator: "\n") + "\n</spine>\n</package>\n"
  }

  private func item(
    _ id: String, _ file: String, _ type: String, _ properties: String = ""
  ) -> String {
    "<item id=\"\(id)\" href=\"\(file)\" media-type=\"\(type)\"\(properties)/>"
  }
}
