/// A quote, a list or the like that a page has begun and not ended.
struct Container {
  enum Kind {
    case quote
    case list
    case item(ListMarker)
    case figure
    case caption
  }

  let kind: Kind
  /// Tells it from every other container of the page.
  let id: Int
}

/// The containers that are open, in the order in which they were opened.
struct OpenContainers {
  private var all: [Container] = []
  /// Those that Markdown's lines opened; elements of HTML may stand between them.
  private var markdown: [Container] = []

  mutating func open(_ container: Container) { all.append(container) }

  mutating func close(_ id: Int) {
    if let index = all.lastIndex(where: { $0.id == id }) { all.remove(at: index) }
  }

  /// Makes these the ones that Markdown's lines have open: ends those that are not among them, and
  /// begins the new ones inside whatever is open then.
  mutating func setMarkdown(_ wanted: [Container]) {
    let shared = zip(markdown, wanted).prefix { $0.id == $1.id }.count
    for container in markdown[shared...].reversed() { close(container.id) }
    all += wanted[shared...]
    markdown = wanted
  }
}

extension OpenContainers {
  /// Where the next block stands, outermost first, and whether it is a caption.
  var place: (steps: [PlaceStep], isCaption: Bool) {
    var place = Place()
    for container in all { place.enter(container) }
    return (place.steps, place.isCaption)
  }

  private struct Place {
    var steps: [PlaceStep] = []
    var isCaption = false
    private var quotes = 0
    private var lists = 0
    private var isInFigure = false
    /// Where in `steps` the innermost list's item stands.
    private var itemIndex: Int?

    mutating func enter(_ container: Container) {
      switch container.kind {
      case .quote where quotes < Document.deepestNesting:
        quotes += 1
        steps.append(PlaceStep(.quote, id: container.id))
      case .list where lists < Document.deepestNesting:
        lists += 1
        steps.append(PlaceStep(.list, id: container.id))
        itemIndex = steps.count
        // Until an item begins, text stands in the list itself.
        steps.append(PlaceStep(.item(nil), id: -container.id))
      case .item(let marker):
        // Of lists that nest too deep, and of quotes between a list and its item, the item is the
        // innermost list's.
        if let itemIndex { steps[itemIndex] = PlaceStep(.item(marker), id: container.id) }
      case .figure where !isInFigure:
        isInFigure = true
        steps.append(PlaceStep(.figure, id: container.id))
      case .caption: isCaption = isInFigure
      case .quote, .list, .figure: break
      }
    }
  }
}

/// One step of the way from the document to a block.
struct PlaceStep {
  enum Kind {
    case quote
    case list
    case item(ListMarker?)
    case figure
  }

  var kind: Kind
  /// What it shares with the steps of other blocks in the same container; see `noID`.
  var id: Int

  /// The id of what no other block shall stand in.
  static let noID = 0

  init(_ kind: Kind, id: Int) {
    self.kind = kind
    self.id = id
  }

  var isItem: Bool {
    if case .item = kind { return true }
    return false
  }

  var isQuote: Bool {
    if case .quote = kind { return true }
    return false
  }

  var isList: Bool {
    if case .list = kind { return true }
    return false
  }

  func isSame(as other: PlaceStep) -> Bool { id == other.id && id != PlaceStep.noID }
}
