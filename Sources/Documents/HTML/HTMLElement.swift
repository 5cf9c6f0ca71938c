/// What an element's name means for the text.
enum HTMLElement {
  /// Starts and ends a block of its own.
  case block
  case paragraph
  case heading(level: Int)
  case list(isOrdered: Bool)
  case listItem
  case quote
  case preformatted
  case table
  case tableRow
  case tableCell
  case figure
  case figureCaption
  case rule
  case lineBreak
  case image
  case link
  case emphasis
  case strong
  case code
  /// Dropped with all it holds.
  case dropped
  /// Has no content and shows nothing.
  case empty
  /// Anything else: its text is part of the text around it.
  case inline

  init(named name: String) { self = HTMLElement.named[name] ?? .inline }

  /// Whether a start or end tag of it ends the block before.
  var isBlock: Bool {
    switch self {
    case .block, .paragraph, .heading, .list, .listItem, .quote, .preformatted, .table, .tableRow,
      .tableCell, .figure, .figureCaption, .rule:
      true
    default: false
    }
  }

  var isCell: Bool {
    if case .tableCell = self { return true }
    return false
  }

  /// Whether a line of Markdown that starts with its tag starts a block of HTML.
  var opensMarkdownBlock: Bool {
    if case .dropped = self { return true }
    return isBlock
  }

  /// Whether it has no end tag.
  var isVoid: Bool {
    switch self {
    case .rule, .lineBreak, .image, .empty: true
    default: false
    }
  }
}

extension HTMLElement {
  fileprivate static let named: [String: HTMLElement] = [
    "p": .paragraph, "ol": .list(isOrdered: true), "ul": .list(isOrdered: false),
    "menu": .list(isOrdered: false), "li": .listItem, "blockquote": .quote, "pre": .preformatted,
    "table": .table, "figure": .figure, "figcaption": .figureCaption, "tr": .tableRow,
    "td": .tableCell, "th": .tableCell, "hr": .rule, "br": .lineBreak,
    "img": .image, "a": .link, "em": .emphasis, "i": .emphasis, "cite": .emphasis,
    "dfn": .emphasis, "var": .emphasis, "b": .strong, "strong": .strong, "code": .code,
    "kbd": .code, "samp": .code, "tt": .code,
  ].merging(
    (1...6).map { ("h\($0)", .heading(level: $0)) }
      + names(blockNames, .block) + names(droppedNames, .dropped) + names(emptyNames, .empty)
  ) { first, _ in first }

  fileprivate static let blockNames = """
    address article aside body caption center dd details dialog dir div dl dt fieldset footer \
    form header hgroup html legend main nav section summary tbody tfoot thead
    """

  fileprivate static let droppedNames = """
    audio canvas iframe noembed noframes noscript object script select style svg \
    template textarea title video xmp
    """

  fileprivate static let emptyNames = "area base col embed input link meta param source track wbr"

  fileprivate static func names(_ list: String, _ element: HTMLElement) -> [(String, HTMLElement)] {
    list.split(separator: " ").map { (String($0), element) }
  }
}
