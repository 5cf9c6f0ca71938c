import Documents

/// An article cleaned of what the mirror added and of what its site repeats under all its pages: its
/// own markup kept as it is, and its plain text.
///
/// White space shrinks only between tags and outside `pre`: the indentation of lines goes, and of
/// a run of blank lines one stays.
struct MirrorBody {
  private(set) var markup: CollapsedText
  private(set) var plain = MirrorText()
  /// The `src` of each image that stays, as written.
  private(set) var imageSources: [String] = []
  /// When the page says it was published: a day or an instant.
  private(set) var published: String?

  private let source: ArraySlice<UInt8>
  private let site: String?
  private let mirrorPrefix: ArraySlice<UInt8>?
  /// What is still to be left out as standing matter.
  private var standing: ArraySlice<Range<Int>>
  /// The tags of the standing matter that is being passed over.
  private var passed = PassedTags()
  private var droppedElement: String?
  private var droppedLinks = 0
  private var divDepth = 0
  private var preDepth = 0

  /// - Parameter page: its article is read.
  init(of page: MirrorPage) {
    source = page.article[...]
    site = page.original?.site
    mirrorPrefix = page.mirrorPrefix
    standing = StandingMatter.ranges(in: page.article, on: site)[...]
    markup = CollapsedText(capacity: source.count)
    for token in HTMLTokenizer(source) { sift(token) }
    finishPassing()
  }
}

// MARK: Standing matter

extension MirrorBody {
  /// Takes of a token what is not standing matter.
  private mutating func sift(_ token: HTMLToken) {
    while let range = standing.first, range.upperBound <= token.range.lowerBound {
      finishPassing()
    }
    guard let range = standing.first, range.overlaps(token.range) else { return take(token) }
    switch token {
    case .text(let text): sift(text: text)
    case .startTag(let tag): passed.start(tag)
    case .endTag(let tag): passed.end(tag)
    case .comment, .doctype: break
    }
    markup.noteGap()
    plain.breakLine()
  }

  private mutating func sift(text: Range<Int>) {
    var rest = text
    while let range = standing.first, range.overlaps(rest) {
      if range.lowerBound > rest.lowerBound { take(.text(rest.lowerBound..<range.lowerBound)) }
      guard range.upperBound < rest.upperBound else { return }
      rest = range.upperBound..<rest.upperBound
      finishPassing()
    }
    take(.text(rest))
  }

  /// Goes on behind the first range: what it opens or closes outside of it stays.
  private mutating func finishPassing() {
    guard standing.popFirst() != nil else { return }
    for token in passed.takeUnpaired() { take(token) }
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
    case "time": noteTime(of: tag)
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
    if !MirrorText.isInline(tag.name) { plain.breakLine() }
  }

  private mutating func noteSource(of image: HTMLTag) {
    guard let source = image.rawValue(of: "src") else { return }
    imageSources.append(String(decoding: source, as: UTF8.self))
  }

  /// A time further down belongs to the story, not to its publication.
  private mutating func noteTime(of tag: HTMLTag) {
    guard published == nil, plain.bytes.count <= Dateline.reach else { return }
    published = tag.rawValue(of: "datetime").flatMap(DateText.normalized)
  }

  /// The mirror cuts between the article's outermost blocks with a bare rule.
  private func isCut(_ tag: HTMLTag) -> Bool {
    var attributes = tag.attributes.makeIterator()
    return divDepth == 0 && attributes.next() == nil
  }

  /// A tracker of a pixel or none, the mirror's QR picture, or the site's advertisement for itself.
  private func isForeign(_ image: HTMLTag) -> Bool {
    let source = image.rawValue(of: "src") ?? []
    return pointsAtMirror(source) || StandingMatter.isAdvertisement(source, on: site)
      || isPixel(image.rawValue(of: "width")) || isPixel(image.rawValue(of: "height"))
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
