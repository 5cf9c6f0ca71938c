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

  /// Nil for a page of another layout: what counts are the first two lines, and one that names the
  /// original or begins the share block.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard let body = MirrorLayout.body(of: bytes), let tail = MirrorPage.tail(of: body) else {
      return nil
    }
    heading = bytes.prefix { $0 != UInt8(ascii: "\n") }.dropFirst("###".utf8.count)
    article = MirrorPage.articleLines(in: body[..<tail.startIndex])
    original = tail.original?.address
    mirrorPrefix = MirrorPage.mirrorPrefix(in: body[tail.startIndex...], tail.original)
  }
}

extension MirrorPage {
  /// How many lines the share block may have before the original's.
  private static let shareLines = 8

  /// Where the article is over, and the words of the original's address; nil where neither these nor
  /// a share block are.
  ///
  /// The last ones count: an article may quote them, the mirror's follow it.
  private static func tail(
    of body: ArraySlice<UInt8>
  ) -> (startIndex: Int, original: OriginalLine?)? {
    guard let (line, original) = lastOriginal(in: body) else {
      return lastShare(in: body).map { ($0, nil) }
    }
    // Below the share block there is nothing of the article, and the block is a short one.
    if let share = lastShare(in: body[line.endIndex...]) { return (share, nil) }
    let share = lastShare(in: body[..<line.startIndex].suffix(ofLines: shareLines))
    return (share ?? original.start, original)
  }

  private static func lastOriginal(
    in body: ArraySlice<UInt8>
  ) -> (line: ArraySlice<UInt8>, words: OriginalLine)? {
    for line in body.lastLines(holding: OriginalLine.label) {
      if let words = OriginalLine(in: line) { return (line, words) }
    }
    return nil
  }

  /// Where the last share block begins.
  private static func lastShare(in body: ArraySlice<UInt8>) -> Int? {
    let share = MirrorLayout.share
    return body.lastLines(holding: share).first { $0.hasPrefix(share) }?.startIndex
  }

  /// Their ends are line feeds, whatever a checkout of the mirror made of them.
  private static func articleLines(in body: ArraySlice<UInt8>) -> [UInt8] {
    var article: [UInt8] = []
    article.reserveCapacity(body.count)
    for line in body.lines where !MirrorLayout.isMirrorLine(line) {
      if line.endIndex < body.endIndex, line.last != UInt8(ascii: "\r") {
        article += body[line.startIndex...line.endIndex]
      } else {
        article += line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        article.append(UInt8(ascii: "\n"))
      }
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

extension ArraySlice<UInt8> {
  /// The last lines, at most so many, of a text that ends with a line feed.
  fileprivate func suffix(ofLines count: Int) -> ArraySlice<UInt8> {
    var start = endIndex
    for _ in 0...count {
      guard let before = self[..<start].lastIndex(of: UInt8(ascii: "\n")) else { return self }
      start = before
    }
    return self[(start + 1)...]
  }
}
