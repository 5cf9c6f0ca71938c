import Articles
import Documents

// The section below an exported page's text: its note and its highlights, for people to read, and
// the highlights once more in lines of JSON, which are what a reader reads.

extension ExportedPage {
  private static let heading = "<!-- satchel:highlights -->"
  private static let dataOpening = "<!-- satchel:data"
  private static let dataClosing = "-->"

  /// The section; empty if there is nothing to say, and no line in the text that looks like one.
  static func section(of draft: ArticleDraft) -> [UInt8] {
    let state = draft.state
    let note = state.note.flatMap { $0.isBlank ? nil : $0 }
    guard
      note != nil || !state.highlights.isEmpty
        || split(draft.body[...]).section != nil
    else { return [] }
    var lines = ["", heading, ""]
    if let note { lines += ["## Note", "", shown(note), ""] }
    if !state.highlights.isEmpty {
      lines += ["## Highlights", ""]
      for highlight in state.highlights { lines += shown(highlight) }
      lines.append(dataOpening)
      lines += state.highlights.map { String(decoding: json($0), as: UTF8.self) }
      lines += [dataClosing, ""]
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// The text of a page, and the section below it if there is one.
  static func split(
    _ page: ArraySlice<UInt8>
  ) -> (text: ArraySlice<UInt8>, section: ArraySlice<UInt8>?) {
    guard let line = lastLine(heading, in: page) else { return (page, nil) }
    return (page[..<line.lowerBound], page[line.upperBound...])
  }

  /// The highlights that a section tells of. Lines that are none are passed over.
  static func highlights(in section: ArraySlice<UInt8>) -> [HighlightDraft] {
    guard let line = lastLine(dataOpening, in: section) else { return [] }
    return section[line.upperBound...].split(separator: 0x0A)
      .prefix { !$0.hasPrefix("-->") }
      .compactMap { HighlightRecord.draft(of: $0) }
  }
}

extension ExportedPage {
  /// The last line that reads so, with the line feeds around it. Others may have written it with the
  /// ends of lines that Windows has.
  private static func lastLine(
    _ text: String, in page: ArraySlice<UInt8>
  ) -> Range<Int>? {
    let line = Array(text.utf8)
    var end = page.endIndex
    while let feed = page[..<end].lastIndex(of: 0x0A) {
      let rest = page[(feed + 1)...]
      if rest.starts(with: line) {
        let behind = rest.dropFirst(line.count)
        if behind.first == 0x0A { return feed..<(behind.startIndex + 1) }
        if behind.starts(with: [0x0D, 0x0A]) {
          let start = feed > page.startIndex && page[feed - 1] == 0x0D ? feed - 1 : feed
          return start..<(behind.startIndex + 2)
        }
      }
      end = feed
    }
    return nil
  }

  private static func shown(_ highlight: HighlightDraft) -> [String] {
    var lines = visible(highlight.quote).map { "> \($0)" } + [""]
    if let note = highlight.note, !note.isBlank { lines += [shown(note), ""] }
    return lines
  }

  /// A note as it stands in the page, where no line of it can be taken for one of ours.
  private static func shown(_ note: String) -> String {
    visible(note).map { $0.hasPrefix("<!-- satchel") || $0.hasPrefix("-->") ? "\\\($0)" : $0 }
      .joined(separator: "\n")
  }

  /// The lines of a text, without characters that no page should hold.
  private static func visible(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      var output = String.UnicodeScalarView()
      for scalar in line.unicodeScalars {
        output.append(scalar.properties.generalCategory == .control ? " " : scalar)
      }
      return String(output)
    }
  }

  private static func json(_ highlight: HighlightDraft) -> [UInt8] {
    var output = JSONOutput(isInMarkup: true)
    HighlightRecord.write(highlight, to: &output)
    return output.bytes
  }
}
