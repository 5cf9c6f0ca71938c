import Documents

/// An article cleaned of what the mirror added: its own markup kept as it is, and its plain text.
///
/// White space shrinks only between tags and outside `pre`: the indentation of lines goes, and of
/// a run of blank lines one stays.
struct MirrorBody {
  private(set) var markup: CollapsedText
  private(set) var plain = MirrorText()
  /// The `src` of each image that stays, as written.
  private(set) var imageSources: [String] = []

  private let source: ArraySlice<UInt8>
  private let mirrorPrefix: ArraySlice<UInt8>?
  private var droppedElement: String?
  private var droppedLinks = 0
  private var divDepth = 0
  private var preDepth = 0

  init(article: [UInt8], mirrorPrefix: ArraySlice<UInt8>?) {
    source = article[...]
    self.mirrorPrefix = mirrorPrefix
    markup = CollapsedText(capacity: article.count)
    for token in HTMLTokenizer(source) { take(token) }
  }
}

extension MirrorBody {
  private mutating func take(_ token: HTMLToken) {
    if let element = droppedElement {
      if case .endTag(let tag) = token, tag.name == element { droppedElement = nil }
      markup.noteGap()
      return
    }
    switch token {
    case .text(let range): takeText(source[range])
    case .comment, .doctype: markup.noteGap()
    case .startTag(let tag): takeStart(tag)
    case .endTag(let tag): takeEnd(tag)
    }
  }

  private mutating func takeText(_ text: ArraySlice<UInt8>) {
    preDepth > 0 ? markup.appendVerbatim(text) : markup.append(text)
    plain.append(text)
  }

  private mutating func takeStart(_ tag: HTMLTag) {
    switch tag.name {
    case "script", "style", "iframe":
      droppedElement = tag.name
      return markup.noteGap()
    case "img" where isForeign(tag): return markup.noteGap()
    case "img": noteSource(of: tag)
    case "a" where pointsAtMirror(tag.rawValue(of: "href")):
      droppedLinks += 1
      return
    case "hr" where isCut(tag): return markup.noteGap()
    case "div": divDepth += 1
    case "pre": preDepth += 1
    default: break
    }
    keep(tag)
  }

  private mutating func takeEnd(_ tag: HTMLTag) {
    switch tag.name {
    case "a" where droppedLinks > 0:
      droppedLinks -= 1
      return
    case "div": divDepth = max(0, divDepth - 1)
    case "pre": preDepth = max(0, preDepth - 1)
    default: break
    }
    keep(tag)
  }

  private mutating func keep(_ tag: HTMLTag) {
    markup.appendVerbatim(source[tag.range])
    if !MirrorText.inlineElements.contains(tag.name) { plain.breakLine() }
  }

  private mutating func noteSource(of image: HTMLTag) {
    guard let source = image.rawValue(of: "src") else { return }
    imageSources.append(String(decoding: source, as: UTF8.self))
  }

  /// The mirror cuts between the article's outermost blocks with a bare rule.
  private func isCut(_ tag: HTMLTag) -> Bool {
    var attributes = tag.attributes.makeIterator()
    return divDepth == 0 && attributes.next() == nil
  }

  /// A tracker of a pixel or none, or the mirror's QR picture.
  private func isForeign(_ image: HTMLTag) -> Bool {
    pointsAtMirror(image.rawValue(of: "src")) || isPixel(image.rawValue(of: "width"))
      || isPixel(image.rawValue(of: "height"))
  }

  private func isPixel(_ length: ArraySlice<UInt8>?) -> Bool {
    guard let digits = length?.trimmed().prefix(while: \.isASCIIDigit), let first = digits.first
    else { return false }
    return digits.count == 1 && first <= UInt8(ascii: "1") && length?.contains("%") == false
  }

  private func pointsAtMirror(_ address: ArraySlice<UInt8>?) -> Bool {
    guard let address, let mirrorPrefix else { return false }
    return address.trimmed().starts(with: mirrorPrefix)
  }
}
