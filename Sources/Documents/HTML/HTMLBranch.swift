/// A quote, list, item or figure whose HTML has begun and not ended.
struct HTMLBranch {
  /// What of an item is written.
  enum Content { case nothing, paragraph, blocks }

  let step: PlaceStep
  /// Where its HTML begins.
  let start: Int
  /// Of a list, whether it is one of numbers; nil until it has an item.
  var isNumbered: Bool?
  /// Of an item.
  var content = Content.nothing

  init(step: PlaceStep, start: Int) {
    self.step = step
    self.start = start
  }

  var isUndecided: Bool { step.isList && isNumbered == nil }

  /// Whether it is an item that shows its marker; what stands in a list beside its items has no
  /// element.
  var isMarkedItem: Bool { element == "li" }

  var opening: String {
    switch step.kind {
    case .item(let marker): marker?.openingTag ?? ""
    default: element.map { "<\($0)>\n" } ?? ""
    }
  }

  var closing: String { element.map { "</\($0)>\n" } ?? "" }

  private var element: String? {
    switch step.kind {
    case .quote: "blockquote"
    case .figure: "figure"
    case .list: isNumbered == true ? "ol" : "ul"
    case .item(let marker): marker == nil ? nil : "li"
    }
  }
}
