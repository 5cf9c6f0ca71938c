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
  /// Plays something or shows another page: a link to that stands in its place.
  case player
  /// The same, without an end tag.
  case plugin
  /// One of the addresses of the player around it.
  case playerSource
  /// A drawing or a formula with elements of its own, which HTML's elements end.
  case foreign
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

  var isPlayer: Bool {
    if case .player = self { return true }
    return false
  }

  var isCell: Bool {
    if case .tableCell = self { return true }
    return false
  }

  /// Whether a line of Markdown that starts with its tag starts a block of HTML.
  var opensMarkdownBlock: Bool {
    switch self {
    case .dropped, .foreign, .player, .plugin: true
    default: isBlock
    }
  }

  /// Whether it has no end tag.
  var isVoid: Bool {
    switch self {
    case .rule, .lineBreak, .image, .plugin, .playerSource, .empty: true
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
    "kbd": .code, "samp": .code, "tt": .code, "audio": .player, "iframe": .player,
    "object": .player, "video": .player, "embed": .plugin, "source": .playerSource,
    "svg": .foreign, "annotation": .foreign, "annotation-xml": .foreign,
  ].merging(
    (1...6).map { ("h\($0)", .heading(level: $0)) }
      + names(blockNames, .block) + names(droppedNames, .dropped) + names(emptyNames, .empty)
  ) { first, _ in first }

  fileprivate static let blockNames = """
    address article aside body caption center dd details dialog dir div dl dt fieldset footer \
    form header hgroup html legend main nav section summary tbody tfoot thead
    """

  fileprivate static let droppedNames = """
    canvas noembed noframes noscript script select style template textarea title xmp
    """

  fileprivate static let emptyNames = "area base col input link meta param track wbr"

  fileprivate static func names(_ list: String, _ element: HTMLElement) -> [(String, HTMLElement)] {
    list.split(separator: " ").map { (String($0), element) }
  }
}
