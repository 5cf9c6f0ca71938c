import Documents

/// What belongs to a mirror and to no article, told by how its lines look.
enum MirrorLayout {
  /// What follows the first two lines of a page, if these are a `###` heading and dashes.
  static func body(of page: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var lines = page.lines
    guard lines.next()?.hasPrefix("### ") == true, lines.next()?.isDashes == true else {
      return nil
    }
    return lines.rest
  }

  /// Whether there is nothing on the page but links to other pages, in the headings that mirrors
  /// make of them, below a heading of its own or none.
  static func isList(_ page: ArraySlice<UInt8>) -> Bool {
    var lines = page.lines
    var links = 0
    var isFirst = true
    while let line = lines.next() {
      let isHeading = isFirst && line.hasPrefix("### ")
      if isMirrorLine(line) {
        links += line.isDashes ? 0 : 1
      } else if !isHeading && !line.isBlank && !line.isRule {
        return false
      }
      if !line.isBlank { isFirst = false }
    }
    return links > 0
  }

  /// What the block begins with in which a mirror offers a page's address to be passed on.
  static let share: StaticString = "手机上长按"

  /// A menu, a promoted link or a rule; an article's own headings are HTML and carry no link.
  static func isMirrorLine(_ line: ArraySlice<UInt8>) -> Bool {
    var start = line.startIndex
    while start < line.endIndex, line[start] == UInt8(ascii: " ") { start += 1 }
    guard start < line.endIndex else { return false }
    switch line[start] {
    case UInt8(ascii: "#"): return line[start...].hasPrefix("####") && line.contains("](")
    case UInt8(ascii: "-"): return line[start...].isDashes
    case UInt8(ascii: "+"): return line[start...].isPlusRule
    default: return false
    }
  }
}

extension ArraySlice<UInt8> {
  /// Three dashes or more and nothing else but white space around them.
  fileprivate var isDashes: Bool {
    let content = trimmed()
    return content.count >= 3 && content.allSatisfy { $0 == UInt8(ascii: "-") }
  }

  /// A row of plus signs, which some mirrors draw above the share block.
  fileprivate var isPlusRule: Bool {
    let signs = prefix { $0 == UInt8(ascii: "+") }
    return signs.count >= 10 && self[signs.endIndex...].isRule
  }

  /// Nothing but `<hr>`, `<br>` and white space.
  fileprivate var isRule: Bool {
    HTMLTokenizer(self).allSatisfy { token in
      switch token {
      case .text(let range): self[range].isBlank
      case .startTag(let tag): tag.name == "hr" || tag.name == "br"
      default: false
      }
    }
  }
}
