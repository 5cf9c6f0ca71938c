/// A stretch of text that looks the same throughout.
public struct TextRun: Sendable, Equatable {
  /// The characters; for an image, its alternative text.
  public var text: String
  public var style: TextStyle
  /// Where the text links to, as the page wrote it.
  public var link: String?
  /// The address of the image this run stands for, as the page wrote it.
  public var image: String?

  public init(_ text: String, style: TextStyle = [], link: String? = nil, image: String? = nil) {
    self.text = text
    self.style = style
    self.link = link
    self.image = image
  }

  /// The text as it is shown: an image as `[image: alt]`, or `[image]` when it says nothing.
  public var visibleText: String {
    guard image != nil else { return text }
    return text.isEmpty ? "[image]" : "[image: \(text)]"
  }
}

/// How a run is set off from the text around it.
public struct TextStyle: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let emphasis = TextStyle(rawValue: 1)
  public static let strong = TextStyle(rawValue: 2)
  public static let code = TextStyle(rawValue: 4)
}
