/// An element whose end tag has not come, with what its end has to put back.
struct OpenElement {
  let name: String
  let element: HTMLElement
  /// The address that text linked to outside the element.
  var outerLink: String?
  /// The container that the element is.
  var container: Int?
}

/// The elements that are open, outermost first, so that an end tag closes the right one.
///
/// A page may leave thousands open; those beyond the limit are not followed, which costs their
/// style and their place in a list but no text.
struct OpenElements {
  private(set) var elements: [OpenElement] = []
  private var counts: [String: Int] = [:]

  static let limit = 256

  var count: Int { elements.count }
  var isFull: Bool { elements.count >= OpenElements.limit }

  mutating func push(_ element: OpenElement) {
    elements.append(element)
    counts[element.name, default: 0] += 1
  }

  /// Says which container the innermost element is.
  mutating func setContainer(_ id: Int) { elements[elements.count - 1].container = id }

  mutating func remove(at index: Int) -> OpenElement {
    counts[elements[index].name, default: 1] -= 1
    return elements.remove(at: index)
  }

  /// The innermost open element of that name, looked for no further out than one of `boundaries`.
  func lastIndex(of name: String, within boundaries: Set<String> = []) -> Int? {
    guard counts[name, default: 0] > 0 else { return nil }
    for index in elements.indices.reversed() {
      if elements[index].name == name { return index }
      if boundaries.contains(elements[index].name) { return nil }
    }
    return nil
  }
}
