import Documents
import Foundation

/// A case of html5lib's tokenizer tests.
struct HTMLTokenizerCase {
  /// The file and the number of the case in it, counted from 0.
  let name: String
  let input: String
  let expected: [Token]

  enum Token: Equatable {
    case text(String)
    case startTag(String, [String: String], isSelfClosing: Bool)
    case endTag(String)
    case comment(String)
    /// Its names are not compared: nothing here reads them.
    case doctype
  }

  var passes: Bool { tokens() == expected }

  /// What the tokenizer makes of the input, in the words of the tests.
  func tokens() -> [Token] {
    let source = Array(
      input.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
        .utf8)
    var tokens: [Token] = []
    for token in HTMLTokenizer(source[...]) {
      switch token {
      case .text(let range):
        var text: [UInt8] = []
        HTMLCharacterReferences.append(source[range], to: &text, in: .text)
        tokens.append(joining: String(decoding: text, as: UTF8.self))
      case .startTag(let tag):
        tokens.append(
          .startTag(tag.name.repaired, tag.values, isSelfClosing: tag.isSelfClosing))
      case .endTag(let tag): tokens.append(.endTag(tag.name.repaired))
      case .comment(let range):
        // The tokenizer loses no byte; of `</>` the standard makes nothing.
        if source[range].elementsEqual("</>".utf8) { continue }
        tokens.append(.comment(HTMLTokenizerCase.content(source[range])))
      case .doctype: tokens.append(.doctype)
      }
    }
    return tokens
  }

  /// A comment without its brackets.
  private static func content(_ comment: ArraySlice<UInt8>) -> String {
    var text = comment
    if text.starts(with: Array("<!--".utf8)) {
      if text.count == 5 && text.last == UInt8(ascii: ">") { return "" }
      if text.count == 6 && text.suffix(2).elementsEqual("->".utf8) { return "" }
      text = text.dropFirst(4)
      for end in ["--!>", "-->", "--!", "--", "-"]
      where text.suffix(end.utf8.count).elementsEqual(end.utf8) {
        text = text.dropLast(end.utf8.count)
        break
      }
    } else {
      text = text.dropFirst(text.dropFirst().first == UInt8(ascii: "?") ? 1 : 2)
      if text.last == UInt8(ascii: ">") { text = text.dropLast() }
    }
    return String(decoding: text, as: UTF8.self).repaired
  }
}

extension HTMLTokenizerCase {
  /// The cases of a file that begin in the state in which a page begins.
  static func cases(in file: URL) throws -> [HTMLTokenizerCase] {
    let file = (try Data(contentsOf: file), file.deletingPathExtension().lastPathComponent)
    guard let content = try JSONSerialization.jsonObject(with: file.0) as? [String: Any],
      let tests = content["tests"] as? [[String: Any]]
    else { return [] }
    return tests.enumerated().compactMap { index, test in
      let states = test["initialStates"] as? [String] ?? ["Data state"]
      return states.contains("Data state") ? HTMLTokenizerCase(test, "\(file.1) \(index)") : nil
    }
  }

  private init?(_ test: [String: Any], _ name: String) {
    guard let input = test["input"] as? String, let output = test["output"] as? [[Any]] else {
      return nil
    }
    let isEscaped = test["doubleEscaped"] as? Bool ?? false
    self.name = name
    self.input = isEscaped ? input.unescaped : input
    expected = output.reduce(into: []) { $0.append(expected: $1, isEscaped: isEscaped) }
  }
}

extension [HTMLTokenizerCase.Token] {
  fileprivate mutating func append(joining text: String) {
    if case .text(let before)? = last {
      self[count - 1] = .text(before + text)
    } else {
      append(.text(text))
    }
  }

  fileprivate mutating func append(expected token: [Any], isEscaped: Bool) {
    let words = token.map { word in (word as? String).map { isEscaped ? $0.unescaped : $0 } ?? "" }
    switch words[0] {
    case "Character": append(joining: words[1])
    case "EndTag": append(.endTag(words[1]))
    case "Comment": append(.comment(words[1]))
    case "DOCTYPE": append(.doctype)
    default:
      let values = token[2] as? [String: String] ?? [:]
      let attributes = values.map { isEscaped ? ($0.unescaped, $1.unescaped) : ($0, $1) }
      append(
        .startTag(
          words[1], Dictionary(attributes) { first, _ in first }, isSelfClosing: token.count > 3))
    }
  }
}

extension HTMLTag {
  fileprivate var values: [String: String] {
    Dictionary(attributes.map { ($0.name.repaired, $0.value.repaired) }) { first, _ in first }
  }
}

extension String {
  /// Inside markup the standard replaces zero bytes.
  fileprivate var repaired: String { replacingOccurrences(of: "\0", with: "\u{FFFD}") }

  /// The text with `\u` and four digits as the characters they stand for; half of a pair as U+FFFD.
  fileprivate var unescaped: String {
    var units: [UInt16] = []
    var rest = Array(utf16)[...]
    while let unit = rest.popFirst() {
      let digits = String(decoding: rest.dropFirst().prefix(4), as: UTF16.self)
      if unit == 0x5C, rest.first == 0x75, digits.utf16.count == 4,
        let value = UInt16(digits, radix: 16)
      {
        units.append(value)
        rest = rest.dropFirst(5)
      } else {
        units.append(unit)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}
