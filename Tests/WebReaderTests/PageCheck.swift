import TestSupport
import Testing

/// Holds a page to what a page may hold (Protocol 11.3): these elements, these attributes, these
/// addresses, and no id twice.
enum PageCheck {
  /// - Parameter prefix: what every address of this server begins with.
  @discardableResult
  static func expectSafe(
    _ html: String, prefix: String = "/prefix/", _ place: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> StrictMarkup? {
    func expect(_ isSo: Bool, _ problem: @autoclosure () -> String) {
      #expect(isSo, "\(place): \(problem())", sourceLocation: sourceLocation)
    }
    let page: StrictMarkup
    do {
      page = try StrictMarkup(html)
    } catch {
      Issue.record("\(place): \(error)", sourceLocation: sourceLocation)
      return nil
    }
    expect(page.repeatedIDs.isEmpty, "ids stand twice: \(page.repeatedIDs)")
    for element in page.elements {
      guard let attributes = allowed[element.name] else {
        expect(false, "an element \(element.name)")
        continue
      }
      for (name, value) in element.attributes {
        expect(
          attributes.contains(name) || everywhere.contains(name) || name.hasPrefix("data-")
            || name.hasPrefix("aria-"), "\(element.name) \(name)=\(value)")
        guard addresses.contains(name) else { continue }
        expect(
          value.hasPrefix(prefix) && !value.hasPrefix("//") || value.hasPrefix("#")
            || (element.name == "a" && isWeb(value) && element.attributes["rel"] == rel),
          "\(element.name) leads to \(value)")
      }
      expect(element.name != "script" || element.text.isEmpty, "a script in the page")
      expect(
        element.name != "script" || element.attributes["type"] == "module", "a script of old days")
      expect(
        element.name != "meta" || element.attributes["http-equiv"] == nil, "a page that moves on")
    }
    return page
  }

  private static let rel = "noreferrer noopener"

  private static func isWeb(_ address: String) -> Bool {
    ["http:", "https:", "mailto:"].contains { address.lowercased().hasPrefix($0) }
      && address.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
  }

  private static let addresses: Set<String> = ["href", "src", "action"]
  private static let everywhere: Set<String> = [
    "class", "dir", "hidden", "id", "lang", "role", "tabindex", "title",
  ]
  private static let allowed: [String: Set<String>] = {
    var allowed: [String: Set<String>] = [
      "a": ["href", "rel"], "button": ["name", "type", "value"], "details": ["open"],
      "form": ["action", "enctype", "method"], "img": ["alt", "loading", "src"],
      "input": [
        "accept", "autocapitalize", "autocomplete", "checked", "max", "maxlength", "min",
        "multiple",
        "name", "placeholder", "required", "size", "spellcheck", "type", "value",
      ],
      "label": ["for"], "li": ["value"], "link": ["href", "rel", "type"],
      "meta": ["charset", "content", "http-equiv", "name"], "ol": ["start"],
      "option": ["selected", "value"], "progress": ["max", "value"], "script": ["src", "type"],
      "select": ["name"], "textarea": ["name", "required", "rows", "spellcheck"],
      "th": ["scope"], "time": ["datetime"],
    ]
    let plain = [
      "article", "aside", "bdi", "blockquote", "body", "br", "code", "del", "div", "dd", "dl", "dt",
      "em",
      "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head",
      "header", "hr", "html", "ins", "kbd", "legend", "main", "mark", "nav", "p", "pre", "section",
      "small", "span", "strong", "summary", "table", "tbody", "td", "thead", "title", "tr",
      "ul",
    ]
    for name in plain { allowed[name] = [] }
    return allowed
  }()
}
