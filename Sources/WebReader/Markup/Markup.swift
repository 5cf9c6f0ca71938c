import Documents

/// HTML that is safe to put into a page: literals are markup, and what is put into them is escaped
/// unless it is markup itself.
///
/// ```swift
/// let row: Markup = "<a href=\"\(link)\">\(article.title)</a>"
/// ```
///
/// A value stands between tags, or in an attribute that has double quotation marks.
struct Markup: Sendable, Equatable {
  private(set) var html: String

  /// - Parameter html: what the writer of safe HTML wrote, or this program itself.
  init(trusted html: String) { self.html = html }

  static let nothing = Markup(trusted: "")

  var isEmpty: Bool { html.isEmpty }

  static func += (left: inout Markup, right: Markup) { left.html += right.html }

  static func + (left: Markup, right: Markup) -> Markup { Markup(trusted: left.html + right.html) }
}

extension Markup: ExpressibleByStringInterpolation {
  init(stringLiteral value: String) { self.init(trusted: value) }

  init(stringInterpolation: Interpolation) { self.init(trusted: stringInterpolation.html) }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var html = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      html.reserveCapacity(literalCapacity + 32 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) { html += literal }

    mutating func appendInterpolation(_ text: String) { html += HTMLEscape.escaped(text) }

    mutating func appendInterpolation(_ number: Int) { html += String(number) }

    mutating func appendInterpolation(_ markup: Markup) { html += markup.html }

    /// What stands there only where there is something.
    mutating func appendInterpolation(_ markup: Markup?) { html += markup?.html ?? "" }
  }
}

extension Markup {
  /// What went wrong, told at once to whoever listens to the page.
  static func problem(_ content: Markup, id: Markup? = nil) -> Markup {
    let name: Markup? = id.map { " id=\"\($0)\"" }
    return "<div\(name) class=\"problem\" role=\"alert\">\n\(content)</div>\n"
  }
}

extension Sequence<Markup> {
  /// All of it, one behind the other.
  func joined(by separator: Markup = .nothing) -> Markup {
    Markup(trusted: map(\.html).joined(separator: separator.html))
  }
}
