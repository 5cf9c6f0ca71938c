import Articles
import Documents

/// An entry of a feed in XML, or what a feed says before its first one.
struct FeedEntry: Sendable {
  /// The texts of its elements by their names in small letters, in order; of HTML within XML with its
  /// markup.
  private var texts: [String: [String]] = [:]
  /// The `type` of the first element of a name.
  private var types: [String: String] = [:]
  private var link: String?
  private var terms: [String] = []
  private(set) var language: String?
  /// Where an OPML outline leads.
  private(set) var outline: String?

  /// Reads a piece of the feed.
  init(_ segment: [UInt8]) {
    var open: [String] = []
    // An element whose markup is kept, and how deep it lies.
    var kept: (name: String, depth: Int, text: String)?
    for token in XMLTokens(segment) {
      switch token {
      case .start(let tag):
        if kept != nil {
          kept?.text += String(decoding: segment[tag.range], as: UTF8.self)
        } else {
          begin(tag)
          if tag.name == "content" || tag.name == "summary", tag.value(of: "type") == "xhtml" {
            kept = (tag.name, open.count, "")
          }
        }
        if !tag.isSelfClosing { open.append(tag.name) }
      case .end(let name):
        guard let place = open.lastIndex(of: name) else { continue }
        open.removeSubrange(place...)
        if let (keptName, depth, text) = kept {
          if open.count <= depth {
            texts[keptName, default: []].append(text)
            kept = nil
          } else {
            kept?.text += "</\(name)>"
          }
        }
      case .text(let text):
        if kept != nil {
          kept?.text += text
        } else if let name = open.last {
          append(text, to: name, in: open.dropLast().last)
        }
      }
    }
  }
}

extension FeedEntry {
  private mutating func begin(_ tag: HTMLTag) {
    switch tag.name {
    case "link":
      let relation = tag.value(of: "rel") ?? "alternate"
      if link == nil, relation == "alternate" { link = tag.value(of: "href") }
    case "category": if let term = tag.value(of: "term") { terms.append(term) }
    case "outline": outline = tag.value(of: "xmlurl")
    case "feed", "rss", "channel": language = language ?? tag.value(of: "xml:lang")
    default: break
    }
    if types[tag.name] == nil { types[tag.name] = tag.value(of: "type") ?? "" }
    texts[tag.name, default: []].append("")
  }

  private mutating func append(_ text: String, to name: String, in outer: String?) {
    // A name is its author's, and no contributor's or source's.
    guard name != "name" || outer == "author", var parts = texts[name], !parts.isEmpty else {
      return
    }
    parts[parts.count - 1] += text
    texts[name] = parts
  }

  /// The first text of an element that says something.
  func text(_ names: String...) -> String? {
    for name in names {
      if let text = texts[name]?.lazy.map(\.trimmed).first(where: { !$0.isEmpty }) { return text }
    }
    return nil
  }

  private func date(_ names: String...) -> DatedInstant? {
    for name in names {
      if let text = text(name), let date = DateText.instant(Array(text.utf8)[...]) { return date }
    }
    return nil
  }
}

extension FeedEntry {
  /// - Parameter language: the feed's own.
  func draft(in language: String?) throws(SkipReason) -> ArticleDraft {
    if let outline { throw .notSaved(reason: "a feed, which is not fetched: \(outline)") }
    let url = link?.trimmed ?? text("link") ?? text("guid", "id") ?? ""
    var draft = ArticleDraft(title: ExportTitle.text(text("title").map(plain), url: url), url: url)
    draft.isRecorded = true
    let body = text("content:encoded", "content")
    let about = text("description", "summary")
    draft.body = Array((body ?? about ?? "").utf8)
    let type = types[body == nil ? "summary" : "content"]
    draft.format = isAtom && ["", "text"].contains(type) ? .text : .html
    if body != nil { draft.summary = about.map(plain) }
    let names = (texts["name"] ?? []).map(\.singleLine).filter { !$0.isEmpty }
    draft.author =
      names.isEmpty
      ? text("dc:creator", "author")?.singleLine : names.joined(separator: ", ")
    let published = date("published", "pubdate", "dc:date", "updated")
    draft.published = published?.text
    draft.language = language
    for tag in terms + (texts["category"] ?? []) { draft.tag(tag.singleLine) }
    draft.state.changedMilliseconds = (date("updated") ?? published)?.millisecondsSince1970
    return draft
  }

  /// Whether it is Atom's, where a text is HTML only if it says so.
  private var isAtom: Bool { texts["content:encoded"] == nil && texts["description"] == nil }

  /// Without markup, in one line.
  private func plain(_ text: String) -> String {
    guard text.contains("<") || text.contains("&") else { return text.singleLine }
    return PlainText.text(reading: Array(text.utf8), as: .html).singleLine
  }
}
