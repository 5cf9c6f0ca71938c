/// What a page says about itself; nil where it says nothing.
public struct PageMetadata: Sendable, Equatable {
  public var title: String?
  /// Whatever the page gives as its address.
  public var address: String?
  public var author: String?
  public var editor: String?
  /// An ISO 8601 date, or an instant in UTC.
  public var published: String?
  /// When a program saved the page, in the same way.
  public var saved: String?
  public var language: String?
  public var summary: String?
  public var tags: [String] = []

  public init() {}
}

extension ArraySlice<UInt8> {
  /// The bytes as a title: one line of at most 200 characters, nil if nothing is left.
  public var asTitle: String? {
    let limit = 200
    // The line may be a whole page, of which this is enough unless its characters are long ones.
    let head = prefix(upToBytes: 32 * limit)
    var title = head.asSingleLine
    if head.count < count, title.count <= limit { title = asSingleLine }
    // A character has a byte at least.
    if title.utf8.count > limit { title = String(title.prefix(limit)) }
    return title.isEmpty ? nil : title
  }
}

extension String {
  /// The text as a date of `PageMetadata`; nil if it is none.
  var asDate: String? { DateText.normalized(Array(utf8)[...]) }
}
