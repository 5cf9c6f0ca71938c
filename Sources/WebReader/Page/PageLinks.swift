import Satchel

/// Where a page of a list stands in it, and the pages before and after.
struct PageLinks {
  let visit: Visit
  /// The parts of the list's address.
  var path: [String] = []
  /// The fields of its address beside the place.
  var fields: [(String, String?)] = []
  let window: PageWindow
  /// How places are told.
  var said: @Sendable (_ first: Int, _ last: Int, _ count: Int) -> Phrase = Phrase.places

  /// Nothing where all are shown.
  var markup: Markup? {
    let (places, count) = (window.places, window.count)
    guard places.count < count else { return nil }
    let previous: Markup? =
      places.lowerBound > 0
      ? link(.previousPage, "prev", from: max(1, places.lowerBound + 1 - window.length)) : nil
    let next: Markup? =
      places.upperBound < count ? link(.nextPage, "next", from: places.upperBound + 1) : nil
    return """
      <nav class="pages" aria-label="\(visit.words(.pages))">
      \(previous)<span>\(visit.words(said(places.lowerBound + 1, places.upperBound, count)))</span>
      \(next)</nav>

      """
  }

  private func link(_ phrase: Phrase, _ relation: Markup, from: Int) -> Markup {
    let address = visit.reader.address(path, fields + [("from", from > 1 ? "\(from)" : nil)])
    return "<a href=\"\(address)\" rel=\"\(relation)\">\(visit.words(phrase))</a>\n"
  }
}

extension Phrase {
  static let pages = Phrase("Pages", "分页")
  static let previousPage = Phrase("Previous", "上一页")
  static let nextPage = Phrase("Next", "下一页")

  static func articles(_ count: Int) -> Phrase {
    Phrase(Wording.count(count, "article"), "共 \(Wording.number(count)) 篇")
  }

  static func places(_ first: Int, _ last: Int, _ count: Int) -> Phrase {
    Phrase(
      "\(Wording.number(first))–\(Wording.number(last)) of \(Wording.count(count, "article"))",
      "第 \(Wording.number(first))–\(Wording.number(last)) 篇，共 \(Wording.number(count)) 篇")
  }

  /// The same of what is no article.
  static func entries(_ first: Int, _ last: Int, _ count: Int) -> Phrase {
    Phrase(
      "\(Wording.number(first))–\(Wording.number(last)) of \(Wording.number(count))",
      "第 \(Wording.number(first))–\(Wording.number(last)) 项，共 \(Wording.number(count)) 项")
  }
}
