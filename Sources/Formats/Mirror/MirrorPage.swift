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
///
/// Menus, promotions and the share block may be missing; see `OriginalLine` for how the original is
/// named.
struct MirrorPage {
  let heading: ArraySlice<UInt8>
  /// The article's lines, the mirror's own lines between them left out.
  let article: [UInt8]
  let original: OriginalURL?
  /// What addresses of the mirror begin with; nil if the page does not name its own.
  let mirrorPrefix: ArraySlice<UInt8>?

  /// - Parameter bytes: a page of that layout (`MirrorLayout.isPage`).
  init(_ bytes: ArraySlice<UInt8>) {
    let heading = bytes.prefix { $0 != UInt8(ascii: "\n") }
    let body = bytes[heading.endIndex...]
    let tail = MirrorPage.tail(of: body)
    self.heading = heading.dropFirst("###".utf8.count)
    article = MirrorPage.articleLines(in: body[..<tail.startIndex])
    original = tail.original?.address
    mirrorPrefix = MirrorPage.mirrorPrefix(in: body[tail.startIndex...], tail.original)
  }
}

extension MirrorPage {
  /// How many lines the share block may have before the original's.
  private static let shareLines = 8

  /// Where the article is over, and the line with the original's address.
  ///
  /// The last such words count: an article may quote them, the mirror's follow it.
  private static func tail(
    of body: ArraySlice<UInt8>
  ) -> (startIndex: Int, original: OriginalLine?) {
    var share: (line: Int, start: Int)?
    var original: (line: Int, words: OriginalLine)?
    for (number, line) in body.lines.enumerated() {
      if MirrorLayout.isShareLine(line) { share = (number, line.startIndex) }
      if let words = OriginalLine(in: line) { original = (number, words) }
    }
    guard let share else { return (original?.words.start ?? body.endIndex, original?.words) }
    guard let original else { return (share.start, nil) }
    // Below the mirror's own words nothing is the original's, and its share block is a short one.
    if share.line > original.line { return (share.start, nil) }
    let isBlock = original.line - share.line <= shareLines
    return (isBlock ? share.start : original.words.start, original.words)
  }

  /// Their ends are line feeds, whatever a checkout of the mirror made of them.
  private static func articleLines(in body: ArraySlice<UInt8>) -> [UInt8] {
    var article: [UInt8] = []
    article.reserveCapacity(body.count)
    for line in body.lines where !MirrorLayout.isMirrorLine(line) {
      article += line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      article.append(UInt8(ascii: "\n"))
    }
    return article
  }

  private static func mirrorPrefix(
    in tail: ArraySlice<UInt8>, _ original: OriginalLine?
  ) -> ArraySlice<UInt8>? {
    for line in tail.lines where OriginalLine(in: line) == nil {
      guard let prefix = OriginalURL(in: line)?.ownerPrefix else { continue }
      return original?.address.bytes.starts(with: prefix) == true ? nil : prefix
    }
    return nil
  }
}
