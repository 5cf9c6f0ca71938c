import Replication

extension ArticleFilter {
  /// How long a query may be, in bytes of UTF-8.
  public static let maximumBytes = Limits.queryBytes
  /// How many items may be in it.
  public static let maximumItems = Limits.queryItems
  /// How deep parentheses and *not* may stand in one another.
  public static let maximumDepth = Limits.queryDepth

  /// Reads a query (Protocol 10.1). An empty one means every article.
  public init(_ text: String) throws(FilterError) {
    var parser = FilterParser(text)
    self = try parser.parse()
  }
}

/// Reads a query, by one function for each rule of the grammar (Protocol 10.1).
struct FilterParser {
  private let text: String
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var items = 0
  private var depth = 0

  init(_ text: String) {
    self.text = text
    scalars = text.utf8.count > ArticleFilter.maximumBytes ? [] : Array(text.unicodeScalars)
  }

  mutating func parse() throws(FilterError) -> ArticleFilter {
    guard text.utf8.count <= ArticleFilter.maximumBytes else { throw error(.tooLong, 0..<0) }
    let query = try query()
    guard index == scalars.count else { throw error(.openParenthesis, index..<index + 1) }
    return query
  }

  private mutating func query() throws(FilterError) -> ArticleFilter {
    var clauses: [ArticleFilter] = []
    skipSpaces()
    while !isAtEnd {
      if let place = takeOperator("AND") {
        guard !clauses.isEmpty, isAtItem else { throw error(.strayOperator("AND"), place) }
      }
      clauses.append(try clause())
      skipSpaces()
    }
    return clauses.count == 1 ? clauses[0] : .all(clauses)
  }

  private mutating func clause() throws(FilterError) -> ArticleFilter {
    var terms = [try term()]
    skipSpaces()
    while let place = takeOperator("OR") {
      guard isAtItem else { throw error(.strayOperator("OR"), place) }
      terms.append(try term())
      skipSpaces()
    }
    return terms.count == 1 ? terms[0] : .any(terms)
  }

  private mutating func term() throws(FilterError) -> ArticleFilter {
    if let place = takeOperator("NOT") {
      guard isAtItem else { throw error(.strayOperator("NOT"), place) }
    } else if isAtMinus {
      index += 1
    } else {
      return try item()
    }
    try enter()
    let term = try term()
    depth -= 1
    return .not(term)
  }

  private mutating func item() throws(FilterError) -> ArticleFilter {
    items += 1
    guard items <= ArticleFilter.maximumItems else { throw error(.tooLong, index..<index) }
    for name in ["AND", "OR"] {
      if let place = takeOperator(name) { throw error(.strayOperator(name), place) }
    }
    switch scalars[index] {
    case "(": return try group()
    case "@": return try view()
    default:
      if let field = fieldName() { return try item(of: field) }
      return .words(try value().words(in: .anywhere))
    }
  }

  private mutating func group() throws(FilterError) -> ArticleFilter {
    let start = index
    index += 1
    try enter()
    let query = try query()
    guard index < scalars.count else { throw error(.openParenthesis, start..<start + 1) }
    index += 1
    guard query != .everything else { throw error(.emptyParentheses, start..<index) }
    depth -= 1
    return query
  }

  private mutating func view() throws(FilterError) -> ArticleFilter {
    let start = index
    index += 1
    let name = take { FilterParser.isPartOfWord($0) }
    guard ArticleView.isName(name) else {
      throw error(name.isEmpty ? .noValue : .notAViewName, start..<index)
    }
    return .view(name)
  }

  private mutating func item(of name: Range<Int>) throws(FilterError) -> ArticleFilter {
    let start = index
    index = name.upperBound + 1
    let word = String(String.UnicodeScalarView(scalars[name]))
    guard let field = FilterField(rawValue: word.lowercased()) else {
      let names = FilterField.allCases.map(\.rawValue)
      let guess = Spelling.nearest(to: word.lowercased(), among: names)
      throw error(.unknownField(word, guess: guess), name)
    }
    guard index < scalars.count, !scalars[index].properties.isWhitespace, !isAtEnd,
      scalars[index] != "("
    else { throw error(.noValue, start..<index) }
    let valueStart = index
    let value = try value()
    do throws(FilterError.Reason) {
      return try field.item(value)
    } catch {
      throw self.error(error, valueStart..<index)
    }
  }

  /// A phrase or a word.
  private mutating func value() throws(FilterError) -> FilterValue {
    let start = index
    guard FilterParser.quotes.contains(scalars[index]) else {
      var word = take { FilterParser.isPartOfWord($0) }
      guard let last = word.unicodeScalars.last, FilterParser.stars.contains(last) else {
        return FilterValue(text: word)
      }
      word.unicodeScalars.removeLast()
      return FilterValue(text: word, hasStar: true)
    }
    index += 1
    guard let phrase = takePhrase() else { throw error(.openQuotation, start..<start + 1) }
    let hasStar = index < scalars.count && FilterParser.stars.contains(scalars[index])
    if hasStar { index += 1 }
    return FilterValue(text: phrase, isPhrase: true, hasStar: hasStar)
  }
}

extension FilterParser {
  /// What stands up to the next quotation mark, which is passed over; nil where none follows. A mark or
  /// a backslash that has a backslash before it stands for itself.
  private mutating func takePhrase() -> String? {
    var phrase = String.UnicodeScalarView()
    while index < scalars.count {
      let next = index + 1
      if scalars[index] == "\\", next < scalars.count, FilterParser.isEscaped(scalars[next]) {
        index = next
      } else if FilterParser.quotes.contains(scalars[index]) {
        index += 1
        return String(phrase)
      }
      phrase.append(scalars[index])
      index += 1
    }
    return nil
  }

  /// Whether a phrase spells it with a backslash before it.
  static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\\" || quotes.contains(scalar)
  }

  /// Whether it is read as one that stands for all that begins so, at a word's end.
  static func isStar(_ scalar: Unicode.Scalar) -> Bool { stars.contains(scalar) }

  /// Those of Chinese keyboards as well.
  static let quotes: Set<Unicode.Scalar> = ["\"", "“", "”", "„", "＂", "「", "」", "『", "』"]
  private static let minuses: Set<Unicode.Scalar> = ["-", "－", "−"]
  private static let colons: Set<Unicode.Scalar> = [":", "："]
  private static let stars: Set<Unicode.Scalar> = ["*", "＊"]

  static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.isWhitespace && !quotes.contains(scalar) && scalar != "(" && scalar != ")"
  }

  /// At the text's end, or that of the parenthesis.
  private var isAtEnd: Bool { index == scalars.count || scalars[index] == ")" }

  /// After white space: whether something to look for follows.
  private var isAtItem: Bool { !isAtEnd && !["AND", "OR"].contains { isAt(operator: $0) } }

  /// Before what it excludes: one that stands alone is a word.
  private var isAtMinus: Bool {
    guard FilterParser.minuses.contains(scalars[index]), index + 1 < scalars.count else {
      return false
    }
    let next = scalars[index + 1]
    return next != ")" && !next.properties.isWhitespace
  }

  /// Where a field's name stands here, with a colon behind it that begins no address.
  private func fieldName() -> Range<Int>? {
    var end = index
    while end < scalars.count, scalars[end].isASCIILetter { end += 1 }
    guard end > index, end < scalars.count, FilterParser.colons.contains(scalars[end]) else {
      return nil
    }
    let behind = scalars[(end + 1)...].prefix(2)
    return behind.count == 2 && behind.allSatisfy { $0 == "/" } ? nil : index..<end
  }

  private func isAt(operator name: String) -> Bool {
    let word = scalars[index...].prefix(name.unicodeScalars.count)
    guard word.elementsEqual(name.unicodeScalars) else { return false }
    return word.endIndex == scalars.count || !FilterParser.isPartOfWord(scalars[word.endIndex])
  }

  /// Takes the operator and the white space behind it; returns where it stood.
  private mutating func takeOperator(_ name: String) -> Range<Int>? {
    guard isAt(operator: name) else { return nil }
    let place = index..<index + name.unicodeScalars.count
    index = place.upperBound
    skipSpaces()
    return place
  }

  private mutating func enter() throws(FilterError) {
    depth += 1
    guard depth <= ArticleFilter.maximumDepth else { throw error(.tooLong, index..<index) }
  }

  private mutating func skipSpaces() {
    while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
  }

  private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
    let start = index
    while index < scalars.count, condition(scalars[index]) { index += 1 }
    return String(String.UnicodeScalarView(scalars[start..<index]))
  }

  private func error(_ reason: FilterError.Reason, _ place: Range<Int>) -> FilterError {
    FilterError(reason: reason, text: text, place: place)
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetter: Bool { isASCII && UInt8(value).isASCIILetter }
}
