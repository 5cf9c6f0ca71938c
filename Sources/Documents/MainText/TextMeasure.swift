/// How much text there is, and of what sort. Counts add up over the parts of an element.
struct TextMeasure {
  /// Characters without the white space between words beyond one; East Asian ones count twice,
  /// since they say as much as two letters.
  var length = 0
  /// Commas and their like, the mark of sentences.
  var commas = 0
  /// The length of what links hold; a link to a place in the page counts a third.
  var linkLength = 0
  var headingLength = 0
  var listLength = 0
  var paragraphs = 0
  var images = 0
  var items = 0
  var inputs = 0
  var embeds = 0
  /// Players of sites that are known for them.
  var players = 0
  var cells = 0
  var rows = 0
  /// Parts that only a table of data has.
  var tableHeads = 0
  var tables = 0
  var holdsDataTable = false
  /// Whether there is text in something other than headings and the like.
  var holdsPlainText = false
  /// Whether nothing in it begins a line of its own.
  var isPhrasing = true
  /// Whether it holds a block.
  var holdsBlock = false

  /// How many elements stand right in it, and the first of them.
  var elements = 0
  var firstElement = 0
  /// Whether two line breaks in a row stand right in it, which part paragraphs.
  var hasBreaks = false
  var beginsWithBreak = false

  /// Whether links hold more of the text than so many parts of a hundred.
  func isLinked(over percent: Int) -> Bool { linkLength * 100 > length * percent }

  /// Whether links hold less than a quarter of the text.
  var isProse: Bool { linkLength * 4 < length || length == 0 }

  /// Whether headings hold at least nine tenths of the text.
  var isHeadings: Bool { length > 0 && headingLength * 10 >= length * 9 }

  mutating func add(_ part: TextMeasure) {
    length += part.length
    commas += part.commas
    linkLength += part.linkLength
    headingLength += part.headingLength
    listLength += part.listLength
    paragraphs += part.paragraphs
    images += part.images
    items += part.items
    inputs += part.inputs
    embeds += part.embeds
    players += part.players
    cells += part.cells
    rows += part.rows
    tableHeads += part.tableHeads
    tables += part.tables
    holdsDataTable = holdsDataTable || part.holdsDataTable
    holdsPlainText = holdsPlainText || part.holdsPlainText
    isPhrasing = isPhrasing && part.isPhrasing
    holdsBlock = holdsBlock || part.holdsBlock
  }
}

extension TextMeasure {
  /// Measures characters whose references are not decoded.
  init(of text: ArraySlice<UInt8>) {
    self.init()
    var isAfterSpace = true
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte.isHTMLSpace {
        if !isAfterSpace { length += 1 }
        isAfterSpace = true
        index += 1
        continue
      }
      isAfterSpace = false
      if byte == UInt8(ascii: "&") {
        index = TextMeasure.referenceEnd(text, at: index)
        length += 1
        continue
      }
      if byte & 0xC0 != 0x80 { length += byte >= 0xE3 ? 2 : 1 }
      if byte == UInt8(ascii: ",") || byte >= 0xD8 && TextMeasure.isComma(text[index...]) {
        commas += 1
      }
      index += 1
    }
    // The space at the end is seen only where something follows.
    if isAfterSpace && length > 0 { length -= 1 }
  }

  private static let longestReference = 10

  private static func referenceEnd(_ text: ArraySlice<UInt8>, at index: Int) -> Int {
    let name = text[(index + 1)...].prefix(longestReference)
    guard let end = name.firstIndex(of: UInt8(ascii: ";")), end > name.startIndex else {
      return index + 1
    }
    return end + 1
  }

  /// Whether the bytes begin with a comma of another script, or with an ideographic full stop.
  private static func isComma(_ text: ArraySlice<UInt8>) -> Bool {
    switch text.firstScalar {
    case 0x060C, 0x3001, 0x3002, 0xFF0C, 0xFE50, 0xFE10, 0xFE11, 0x2E41, 0x2E34, 0x2E32: true
    default: false
    }
  }
}
