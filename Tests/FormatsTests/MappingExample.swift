import Articles
import Formats

/// A small export, and what each row of a mapping table makes of it.
struct MappingExample {
  let format: Format
  let bytes: [UInt8]
  /// By the fields that the table's first column names. Rows that are not named here have an example
  /// elsewhere.
  let says: [String: String]
  /// Whether it is a book of which each chapter is an article.
  var isByChapter = false

  init(_ format: Format, _ text: String, _ says: [String: String]) {
    self.init(format, bytes: Array(text.utf8), says)
  }

  init(_ format: Format, bytes: [UInt8], _ says: [String: String]) {
    (self.format, self.bytes, self.says) = (format, bytes, says)
  }

  /// What is read, and of several the first.
  func draft() throws -> ArticleDraft? {
    if format == .markdown {
      return try PageReader.markdown.draft(of: bytes, at: PagePath("saved.mhtml")) { _ in nil }
    }
    return try exportItems(format, bytes, isByChapter: isByChapter).first?.draft
  }

  /// Whether a cell says where a field comes from.
  static func isPromise(_ cell: String) -> Bool { !cell.isEmpty && !cell.hasPrefix("none") }

  /// The fields that a cell of the first column names.
  static func fields(of cell: String) -> [String] {
    cell.replacing("`", with: "").split(separator: ", ").map(String.init)
  }
}

extension ArticleDraft {
  /// What it says of a field, as a text; nil where it says nothing.
  func says(_ field: String) -> String? {
    let text: String? =
      switch field {
      case "url": url
      case "title": title
      case "author": author
      case "editor": editor
      case "site": site
      case "published": published
      case "language": language
      case "summary": summary
      case "body": "\(format): \(self.text)"
      case "tag/ + name": tags.joined(separator: "; ")
      case "images": images.map(\.reference).joined(separator: "; ")
      default: state.says(field)
      }
    return text.flatMap { $0.isEmpty || body.isEmpty && field == "body" ? nil : $0 }
  }
}

extension DraftState {
  fileprivate func says(_ field: String) -> String? {
    switch field {
    case "read": isRead?.description
    case "starred": isStarred?.description
    case "archived": isArchived?.description
    case "progress": progressPercent?.description
    case "rating": rating?.description
    case "note": note
    case "added": addedMilliseconds?.description
    case "time of the record": recordedMilliseconds?.description
    case "highlights":
      highlights.map { highlight in
        [highlight.quote, highlight.note, highlight.createdMilliseconds?.description]
          .compactMap(\.self).joined(separator: ", ")
      }.joined(separator: "; ")
    default: nil
    }
  }
}
