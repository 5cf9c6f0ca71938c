import Articles
import Coding
import Documents
import Replication

/// The highlights that an article brings from elsewhere, found in its text: work that needs no
/// database.
struct PreparedHighlights: Sendable {
  /// Each once, in the order of the file; with an `added` of 0 where that says nothing of it.
  private(set) var found: [(id: HighlightID, highlight: Highlight)] = []
  /// How many were told of whose words do not stand in the text, or which would take the place of
  /// another one's note.
  private(set) var leftOut = 0

  init(of draft: ArticleDraft, _ article: ArticleID, body: ContentHash) {
    guard !draft.state.highlights.isEmpty else { return }
    let plain = PlainText.text(reading: draft.body, as: draft.format.document)
    let text = HighlightText(plain, of: body, version: PlainText.version)
    var (start, numbers) = (0, [HighlightID: Int]())
    for told in draft.state.highlights {
      if let anchor = told.anchor {
        take(told, at: anchor, of: article, saved: draft.state.addedMilliseconds, &numbers)
        continue
      }
      guard
        let place = text.place(
          typed: told.quote, from: start, joining: EastAsianSpacing.joins)
      else {
        leftOut += 1
        continue
      }
      let note = told.note.flatMap { $0.isBlank ? nil : $0 }
      let preimage = HighlightID.preimage(importing: told.quote, of: article)
      let id = HighlightID(key: ContentHash(of: preimage).first)
      if let number = numbers[id] {
        let first = found[number].highlight.note
        if first == nil { found[number].highlight.note = note }
        if let first, let note, first != note { leftOut += 1 }
        continue
      }
      start = place.lowerBound
      numbers[id] = found.count
      let highlight = Highlight(
        article: article, anchor: text.anchor(of: place), color: told.knownColor, note: note,
        addedMilliseconds: told.createdMilliseconds ?? draft.state.addedMilliseconds ?? 0)
      found.append((id, highlight))
    }
  }

  /// Takes one whose place another library knew: it is the same highlight, an orphan too.
  private mutating func take(
    _ told: HighlightDraft, at anchor: HighlightAnchor, of article: ArticleID, saved: Int64?,
    _ numbers: inout [HighlightID: Int]
  ) {
    let preimage = HighlightID.preimage(importing: told.quote, of: article)
    let id = told.id ?? HighlightID(key: ContentHash(of: preimage).first)
    guard !anchor.quote.isEmpty, numbers[id] == nil else {
      leftOut += 1
      return
    }
    numbers[id] = found.count
    let highlight = Highlight(
      article: article, anchor: anchor, color: told.knownColor,
      note: told.note.flatMap { $0.isBlank ? nil : $0 },
      addedMilliseconds: told.createdMilliseconds ?? saved ?? 0)
    found.append((id, highlight))
  }

  /// The edits that bring them into a library.
  ///
  /// - Parameters:
  ///   - held: those that are there or were; whether an import brings each back.
  ///   - now: in milliseconds since 1970.
  func edits(
    beside held: [HighlightID: Bool], now: Int64
  ) throws(ReplicationError) -> [Edit] {
    var edits: [Edit] = []
    for (id, told) in found {
      var highlight = told
      if highlight.addedMilliseconds == 0 { highlight.addedMilliseconds = now }
      switch held[id] {
      case nil: edits += try highlight.edits(for: id, .onlyIfUnset)
      case true?: edits += id.revival
      case false?: break
      }
    }
    return edits
  }
}

extension HighlightDraft {
  /// Its color, if that is the name of one.
  fileprivate var knownColor: String? { color.flatMap { Highlight.isColor($0) ? $0 : nil } }
}
