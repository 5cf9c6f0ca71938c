/// What an element is to the search for a page's main text.
enum PageElement: UInt8 {
  case text
  case paragraph
  case division
  case section
  /// `article` or `main`.
  case article
  case body
  case heading1
  case heading2
  /// `h3` to `h6`.
  case heading
  case preformatted
  case cell
  case headerCell
  case table
  case row
  /// What only a table of data has, such as a caption.
  case tableHead
  case tablePart
  case list
  case item
  case definitionList
  case quote
  case address
  case form
  case figure
  case aside
  case footer
  case navigation
  /// `header`.
  case header
  case link
  case image
  /// A video or a sound.
  case media
  /// A player or another page inside the page.
  case embed
  /// The same, without an end tag.
  case plugin
  case input
  /// A button or another part of a form that holds something.
  case control
  case rule
  case lineBreak
  case code
  /// Other elements that stand inside a line.
  case phrase
  /// Nothing of it is text.
  case dropped
  /// Whatever else is a block.
  case other
  case void

  init(named name: String) { self = PageElement.named[name] ?? .phrase }

  /// Whether it has no end tag.
  var isVoid: Bool {
    switch self {
    case .image, .lineBreak, .void, .plugin, .input, .rule: true
    default: false
    }
  }

  /// Whether it stands inside a line if all it holds does.
  var isPhrasing: Bool {
    switch self {
    case .text, .link, .image, .lineBreak, .code, .phrase, .void, .input, .control,
      .dropped:
      true
    default: false
    }
  }

  var endsParagraph: Bool {
    !isPhrasing && self != .embed && self != .media && self != .cell && self != .headerCell
  }

  var isHeading: Bool { self == .heading1 || self == .heading2 || self == .heading }

  /// Whether text in it is more than a heading or a label.
  var isPlain: Bool { isBlock || self == .cell || self == .item || self == .phrase }

  /// Whether a division that holds one is no paragraph.
  var isBlock: Bool {
    switch self {
    case .quote, .definitionList, .division, .image, .list, .paragraph, .preformatted, .table: true
    default: false
    }
  }
}

extension PageElement {
  private static let named: [String: PageElement] = {
    var named: [String: PageElement] = [:]
    for (element, names) in spellings {
      for name in names.split(separator: " ") { named[String(name)] = element }
    }
    return named
  }()

  private static let spellings: [(PageElement, String)] = [
    (.paragraph, "p"), (.division, "div center"), (.section, "section"), (.article, "article main"),
    (.body, "body"), (.heading1, "h1"), (.heading2, "h2"), (.heading, "h3 h4 h5 h6"),
    (.preformatted, "pre listing"), (.cell, "td"), (.headerCell, "th"), (.table, "table"),
    (.row, "tr"), (.tableHead, "thead tfoot caption"),
    (.tablePart, "tbody"), (.list, "ul ol menu dir"), (.item, "li dt dd"),
    (.definitionList, "dl"), (.quote, "blockquote"), (.address, "address"),
    (.form, "form fieldset"),
    (.figure, "figure"), (.aside, "aside"), (.footer, "footer"), (.navigation, "nav"),
    (.header, "header hgroup"), (.link, "a"), (.image, "img"),
    (.media, "video audio"), (.embed, "iframe object"), (.plugin, "embed"), (.input, "input"),
    (.control, "textarea select button"), (.rule, "hr"),
    (.lineBreak, "br"), (.code, "code"),
    (
      .dropped,
      "script style noscript template title head canvas noembed noframes xmp svg annotation "
        + "annotation-xml"
    ),
    (.other, "html dialog details summary figcaption legend"),
    (.void, "area base col link meta param source track wbr"),
  ]
}
