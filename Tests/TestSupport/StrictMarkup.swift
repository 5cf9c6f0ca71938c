/// Reads HTML as this program writes it, and nothing else: every tag is closed where it was opened,
/// every attribute has double quotation marks, every character that could begin markup is escaped. So
/// a browser reads the same, whatever a library holds.
public struct StrictMarkup {
  /// In the order in which they begin.
  public private(set) var elements: [Element] = []

  public struct Element {
    public let name: String
    public let attributes: [String: String]
    /// The elements around it, by their places in ``StrictMarkup/elements``, outermost first.
    public let around: [Int]
    /// All text in it.
    public fileprivate(set) var text = ""
  }

  /// What is wrong, and what stands there.
  public struct Problem: Error, CustomStringConvertible {
    public let description: String
  }

  public init(_ html: String) throws {
    rest = Array(html.utf8)[...]
    while !rest.isEmpty { try take() }
    if let open = open.last { throw problem("\(elements[open].name) is not closed") }
  }

  private var rest: ArraySlice<UInt8>
  private var open: [Int] = []

  private static let void: Set<String> = ["br", "hr", "img", "input", "link", "meta"]
  private static let references: Set<String> = [
    "amp", "lt", "gt", "quot", "#39", "#13", "#10", "#9",
  ]
}

extension StrictMarkup {
  /// Those of a name.
  public func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The one with this id; nil where there is none.
  public func element(id: String) -> Element? { elements.first { $0.attributes["id"] == id } }

  /// Ids that several elements have.
  public var repeatedIDs: [String] {
    Dictionary(grouping: elements.compactMap { $0.attributes["id"] }) { $0 }
      .filter { $1.count > 1 }.keys.sorted()
  }
}

extension StrictMarkup {
  private mutating func take() throws {
    if skip("<!doctype html>") {
      guard elements.isEmpty else { throw problem("a doctype inside") }
    } else if skip("</") {
      try takeEndTag()
    } else if skip("<") {
      try takeStartTag()
    } else {
      let text = try takeText { $0 == UInt8(ascii: "<") }
      for index in open { elements[index].text += text }
    }
  }

  private mutating func takeEndTag() throws {
    let name = try takeName()
    guard skip(">") else { throw problem("an end tag of \(name) goes on") }
    guard let last = open.popLast(), elements[last].name == name else {
      throw problem("\(name) ends where it is not open")
    }
  }

  private mutating func takeStartTag() throws {
    let name = try takeName()
    var attributes: [String: String] = [:]
    while skip(" ") {
      let attribute = try takeName()
      guard attributes[attribute] == nil else { throw problem("\(attribute) stands twice") }
      var value = ""
      if skip("=\"") {
        value = try takeText { $0 == UInt8(ascii: "\"") }
        guard skip("\"") else { throw problem("a value of \(attribute) does not end") }
      }
      attributes[attribute] = value
    }
    guard skip(">") else { throw problem("a tag of \(name) goes on") }
    elements.append(Element(name: name, attributes: attributes, around: open))
    if !StrictMarkup.void.contains(name) { open.append(elements.count - 1) }
  }

  private mutating func takeName() throws -> String {
    let name = rest.prefix {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    guard !name.isEmpty else { throw problem("no name") }
    rest = rest[name.endIndex...]
    return String(decoding: name, as: UTF8.self)
  }

  private mutating func takeText(until isEnd: (UInt8) -> Bool) throws -> String {
    var text: [UInt8] = []
    while let byte = rest.first, !isEnd(byte) {
      switch byte {
      case UInt8(ascii: "&"): text += try takeReference()
      case UInt8(ascii: ">"), UInt8(ascii: "<"): throw problem("a bare mark")
      case UInt8(ascii: "\n"), UInt8(ascii: "\t"), 0x20..<0x7F, 0x80...:
        text.append(byte)
        rest.removeFirst()
      default: throw problem("a control")
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func takeReference() throws -> [UInt8] {
    let name = rest.dropFirst().prefix(5).prefix { $0 != UInt8(ascii: ";") }
    let text = String(decoding: name, as: UTF8.self)
    guard StrictMarkup.references.contains(text) else { throw problem("a bare &") }
    rest = rest[name.endIndex...].dropFirst()
    switch text {
    case "amp": return [UInt8(ascii: "&")]
    case "lt": return [UInt8(ascii: "<")]
    case "gt": return [UInt8(ascii: ">")]
    case "quot": return [UInt8(ascii: "\"")]
    default: return [UInt8(text.dropFirst()) ?? 0]
    }
  }

  private mutating func skip(_ text: StaticString) -> Bool {
    let bytes = text.withUTF8Buffer { Array($0) }
    guard rest.starts(with: bytes) else { return false }
    rest = rest.dropFirst(bytes.count)
    return true
  }

  private func problem(_ text: String) -> Problem {
    let here = String(decoding: rest.prefix(60), as: UTF8.self)
    let path = open.map { elements[$0].name }.joined(separator: " ")
    return Problem(description: "\(text) in \(path), before: \(here)")
  }
}
