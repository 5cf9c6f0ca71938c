/// Reads front matter line by line, in time linear in its length: what is meant as YAML and is none.
///
/// A line that begins with a key begins a property. Indented lines, list items and closing brackets
/// below it belong to it; any other line says that the block is text.
struct YAMLLines {
  private var properties = FrontMatterProperties()
  /// How many bytes were looked at, those that were looked at twice counting twice.
  private(set) var steps = 0

  /// Nil if a line belongs to no property, or if there is none.
  static func properties(of block: ArraySlice<UInt8>) -> FrontMatterProperties? {
    var lines = YAMLLines()
    return lines.read(block) ? lines.properties : nil
  }

  /// Whether the block holds properties and nothing else.
  mutating func read(_ block: ArraySlice<UInt8>) -> Bool {
    var entry: Entry?
    for line in block.lines {
      steps += line.count
      let content = line.trimmed()
      if let key = YAMLKey(startOf: line) {
        finish(entry)
        entry = Entry(key: key.name, first: key.value, below: [])
      } else if !line.continuesProperty {
        if line.first != UInt8(ascii: "#") { return false }
      } else if entry != nil {
        entry?.below.append(line)
      } else if !content.isEmpty {
        return false
      }
    }
    finish(entry)
    return !properties.isEmpty
  }
}

extension YAMLLines {
  /// A key, what stands behind its colon, and the lines that belong to it.
  private struct Entry {
    let key: String
    let first: ArraySlice<UInt8>
    var below: [ArraySlice<UInt8>]

    /// All of it as one text, its lines apart.
    var joined: ArraySlice<UInt8> {
      var bytes = Array(first)
      for line in below { bytes += [0x0A] + line }
      return bytes[...]
    }
  }

  private mutating func finish(_ entry: Entry?) {
    guard let entry else { return }
    steps += entry.first.count + entry.below.reduce(0) { $0 + $1.count }
    properties.add(value(of: entry), to: entry.key)
  }

  private mutating func value(of entry: Entry) -> FrontMatterProperties.Value {
    switch entry.first.first {
    case UInt8(ascii: "|") where entry.first.isBlockHeader,
      UInt8(ascii: ">") where entry.first.isBlockHeader:
      return .text(YAMLText.block(entry.below, isFolded: entry.first.hasPrefix(">")))
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if let text = quotedText(entry.joined) { return .text(text) }
    case UInt8(ascii: "["):
      var flow = YAMLFlow(entry.joined)
      defer { steps += flow.steps }
      if let list = flow.list() { return .list(list) }
    default: break
    }
    return plainValue(of: entry)
  }

  /// A text without quotes over one line or more, or a list of lines.
  private mutating func plainValue(of entry: Entry) -> FrontMatterProperties.Value {
    let below = entry.below.map { $0.trimmed() }.filter { !$0.isEmpty }
    if below.contains(where: \.isItem) {
      let first = YAMLText.plain([entry.first])
      return .list((first.isEmpty ? [] : [first]) + items(below))
    }
    // What is nested is passed over, but for the name of a person.
    if entry.first.isEmpty, below.contains(where: { YAMLKey(startOf: $0) != nil }) {
      return .text(firstName(in: below) ?? "")
    }
    return .text(YAMLText.plain([entry.first] + below))
  }

  private mutating func items(_ lines: [ArraySlice<UInt8>]) -> [String] {
    var items: [[ArraySlice<UInt8>]] = []
    for line in lines {
      if line.isItem {
        items.append([line.dropFirst().trimmed()])
      } else if let last = items.indices.last {
        items[last].append(line)
      }
    }
    return items.map { item($0) }
  }

  private mutating func item(_ lines: [ArraySlice<UInt8>]) -> String {
    guard let first = lines.first else { return "" }
    if let name = firstName(in: lines) { return name }
    return quotedText(first) ?? YAMLText.plain(lines)
  }

  private mutating func firstName(in lines: [ArraySlice<UInt8>]) -> String? {
    for line in lines {
      if let name = name(in: line) { return name }
    }
    return nil
  }

  /// `Ana` of `name: Ana`.
  private mutating func name(in line: ArraySlice<UInt8>) -> String? {
    guard let key = YAMLKey(startOf: line), key.name == "name" else { return nil }
    return quotedText(key.value) ?? YAMLText.plain([key.value])
  }

  /// The text, if it stands in quotes from end to end.
  private mutating func quotedText(_ value: ArraySlice<UInt8>) -> String? {
    var rest = value
    guard let quote = YAMLText.takeQuote(from: &rest) else { return nil }
    let text = YAMLText.take(quotedBy: quote, from: &rest)
    steps += value.count - rest.count
    return rest.isEndOfValue ? text : nil
  }
}

extension ArraySlice<UInt8> {
  /// Whether a line that begins with no key can belong to the one above.
  fileprivate var continuesProperty: Bool {
    guard let first else { return true }
    return first.isHTMLSpace || isItem || first == UInt8(ascii: "]") || first == UInt8(ascii: "}")
  }

  fileprivate var isItem: Bool {
    first == UInt8(ascii: "-") && (count == 1 || self[startIndex + 1].isHTMLSpace)
  }

  /// `|`, `>-`, `|2+ # comment`
  fileprivate var isBlockHeader: Bool {
    dropFirst().drop { $0.isASCIIDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
      .isEndOfValue
  }

  /// Whether nothing but a comment follows.
  fileprivate var isEndOfValue: Bool {
    let rest = drop(while: \.isHTMLSpace)
    return rest.isEmpty || rest.count < count && rest.first == UInt8(ascii: "#")
  }
}
