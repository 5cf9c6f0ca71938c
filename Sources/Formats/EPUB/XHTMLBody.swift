import Documents

/// What the body of an XHTML document holds, as HTML.
enum XHTMLBody {
  /// The same markup, but that elements which XML closes at once are closed as HTML does it: a
  /// `<script/>` would hide everything behind it.
  static func html(of document: [UInt8]) -> [UInt8] {
    let body = content(of: document[...])
    var html: [UInt8] = []
    var tokens = HTMLTokenizer(body)
    while let token = tokens.next() {
      guard case .startTag(let tag) = token, tag.isSelfClosing, !voids.contains(tag.name) else {
        html += body[token.range]
        continue
      }
      html += body[tag.range].dropLast(2) + Array("></\(tag.name)>".utf8)
      // What is empty hides nothing.
      tokens = HTMLTokenizer(body[tag.range.upperBound...])
    }
    return html
  }

  /// What lies in `body`; everything where there is none.
  private static func content(of document: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var tokens = HTMLTokenizer(document)
    while let token = tokens.next() {
      guard case .startTag(let tag) = token else { continue }
      if tag.name == "body" {
        let rest = document[tag.range.upperBound...]
        return rest[..<(rest.firstRange(of: "</body")?.lowerBound ?? rest.endIndex)]
      }
      if tag.isSelfClosing { tokens = HTMLTokenizer(document[tag.range.upperBound...]) }
    }
    return document
  }

  private static let voids: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
  ]
}
