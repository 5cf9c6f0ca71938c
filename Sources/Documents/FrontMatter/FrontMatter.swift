/// The block of properties that some pages begin with: YAML between two lines of `---`, or TOML
/// between two lines of `+++`.
///
/// Lines between two rules that set no properties are text: a page may begin with a rule.
public struct FrontMatter {
  public enum Syntax: Sendable { case yaml, toml }

  public let syntax: Syntax
  /// The offset of the text below the closing line.
  public let end: Int
  /// What the block sets.
  public let properties: FrontMatterProperties

  /// Nil if the page does not begin with properties that a line closes.
  public init?(startOf page: ArraySlice<UInt8>) {
    var rest = page.lines
    guard let opening = rest.next(), let syntax = Syntax(opening: opening) else { return nil }
    let start = rest.rest.startIndex
    while let line = rest.next() {
      guard syntax.isClosed(by: line) else { continue }
      guard let properties = syntax.properties(of: page[start..<line.startIndex]) else {
        return nil
      }
      self.syntax = syntax
      self.properties = properties
      end = rest.rest.startIndex
      return
    }
    return nil
  }
}

extension FrontMatter.Syntax {
  fileprivate init?(opening line: ArraySlice<UInt8>) {
    if line.trimmedAtEnd.elementsEqual("---".utf8) {
      self = .yaml
    } else if line.trimmedAtEnd.elementsEqual("+++".utf8) {
      self = .toml
    } else {
      return nil
    }
  }

  fileprivate func isClosed(by line: ArraySlice<UInt8>) -> Bool {
    FrontMatter.Syntax(opening: line) == self
      || self == .yaml && line.trimmedAtEnd.elementsEqual("...".utf8)
  }

  fileprivate func properties(of block: ArraySlice<UInt8>) -> FrontMatterProperties? {
    switch self {
    case .yaml:
      YAMLBlock.properties(of: block).flatMap { FrontMatter.isProse($0) ? nil : $0 }
    case .toml: TOMLBlock.properties(of: block)
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmedAtEnd: ArraySlice<UInt8> {
    self[..<(lastIndex { !$0.isHTMLSpace }.map { $0 + 1 } ?? startIndex)]
  }
}
