import Documents

/// A mirrored page taken apart: what is the article's, and what the mirror put around it.
///
/// ```
/// ### title
/// ------------------------
/// #### menu links
/// <div>article ...</div><hr/>
/// #### promoted links
/// <div>... article</div>
/// <hr/>
/// 手机上长按并复制...        the share block, with the page's address in the mirror
/// 原文地址...：URL           the original's address
/// ------------------------
/// #### menu links
/// <img ... width='0px'/>   a tracker
/// ```
struct MirrorPage {
  let heading: ArraySlice<UInt8>
  /// The article's lines, the mirror's own lines between them left out.
  let article: [UInt8]
  let original: OriginalURL?
  /// What addresses of the mirror begin with; nil if the page does not name its own.
  let mirrorPrefix: ArraySlice<UInt8>?

  init(_ bytes: ArraySlice<UInt8>) throws(SkipReason) {
    let text = bytes.drop(while: \.isHTMLSpace)
    let heading = text.prefix { $0 != UInt8(ascii: "\n") }
    guard heading.hasPrefix("###"), !heading.hasPrefix("####") else { throw .noHeading }
    let body = text[heading.endIndex...]
    let end = MirrorPage.articleEnd(in: body)
    self.heading = heading.dropFirst(3)
    article = MirrorPage.articleLines(in: body[..<end])
    let original = MirrorPage.original(in: body[end...])
    mirrorPrefix = MirrorPage.mirrorPrefix(in: body[end...], original: original)
    self.original = original
  }
}

extension MirrorPage {
  /// Where the share block starts, or else the line with the original's address.
  ///
  /// The last such line counts: an article may quote the words, the mirror's follow it.
  private static func articleEnd(in body: ArraySlice<UInt8>) -> Int {
    var share: Int?
    var original: Int?
    for line in body.lines {
      if line.hasPrefix("手机上长按") { share = line.startIndex }
      if isOriginalLine(line) { original = line.startIndex }
    }
    return share ?? original ?? body.endIndex
  }

  private static func isOriginalLine(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.hasPrefix("原文") else { return false }
    let label = line.dropFirst("原文".utf8.count)
    return (label.hasPrefix("地址") || label.hasPrefix("链接") || label.hasPrefix("網址"))
      && line.contains("://")
  }

  private static func articleLines(in body: ArraySlice<UInt8>) -> [UInt8] {
    var article: [UInt8] = []
    article.reserveCapacity(body.count)
    for line in body.lines where !isMirrorLine(line) {
      article += line
      article.append(UInt8(ascii: "\n"))
    }
    return article
  }

  /// A menu, a promoted link or a rule; an article's own headings are HTML and carry no link.
  private static func isMirrorLine(_ line: ArraySlice<UInt8>) -> Bool {
    let content = line.drop { $0 == UInt8(ascii: " ") }
    switch content.first {
    case UInt8(ascii: "#"): return content.hasPrefix("####") && content.contains("](")
    case UInt8(ascii: "-"):
      return content.trimmed().count >= 3
        && content.trimmed().allSatisfy { $0 == UInt8(ascii: "-") }
    default: return false
    }
  }

  private static func original(in tail: ArraySlice<UInt8>) -> OriginalURL? {
    for line in tail.lines where isOriginalLine(line) { return OriginalURL(in: line) }
    return nil
  }

  private static func mirrorPrefix(
    in tail: ArraySlice<UInt8>, original: OriginalURL?
  ) -> ArraySlice<UInt8>? {
    for line in tail.lines where !isOriginalLine(line) {
      guard let prefix = OriginalURL(in: line)?.ownerPrefix else { continue }
      return original?.bytes.starts(with: prefix) == true ? nil : prefix
    }
    return nil
  }
}
