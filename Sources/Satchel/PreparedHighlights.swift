import Articles
import Coding
import Documents
import Replication

/// The highlights that an article brings from elsewhere, found in its text: work that needs no
/// database.
struct PreparedHighlights: Sendable {
  /// Each once, in the order of the file, those whose words do not stand in the text as orphans; with
  /// an `added` of 0 where the file says nothing of it.
  private(set) var told: [(id: HighlightID, highlight: Highlight)] = []
  /// How many were told of that say nothing, or which would take the place of another one's note.
  private(set) var leftOut = 0

  init(of draft: ArticleDraft, _ article: ArticleID, body: ContentHash?) {
    guard !draft.state.highlights.isEmpty else { return }
    let plain = PlainText.text(reading: draft.body, as: draft.format.document)
    let text = HighlightText(plain, of: body, version: PlainText.version)
    var (start, numbers) = (0, [HighlightID: Int]())
    for passage in draft.state.highlights {
      let place =
        passage.anchor == nil
        ? text.place(typed: passage.quote, from: start, joining: EastAsianSpacing.joins) : nil
      guard
        let anchor = passage.anchor ?? place.map(text.anchor)
          ?? HighlightAnchor(orphaned: passage.quote, version: PlainText.version)
      else {
        leftOut += 1
        continue
      }
      let note = passage.note.flatMap { $0.isBlank ? nil : $0 }
      let preimage = HighlightID.preimage(importing: passage.quote, of: article)
      let id = passage.id ?? HighlightID(key: ContentHash(of: preimage).first)
      if let number = numbers[id] {
        let first = told[number].highlight.note
        if first == nil { told[number].highlight.note = note }
        if let first, let note, first != note { leftOut += 1 }
        continue
      }
      if let place { start = place.lowerBound }
      numbers[id] = told.count
      let highlight = Highlight(
        article: article, anchor: anchor,
        color: passage.color.flatMap { Highlight.isColor($0) ? $0 : nil }, note: note,
        addedMilliseconds: passage.createdMilliseconds ?? draft.state.recordedMilliseconds ?? 0)
      told.append((id, highlight))
    }
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
    for (id, told) in told {
      var highlight = told
      let time = told.addedMilliseconds == 0 ? nil : told.addedMilliseconds
      highlight.addedMilliseconds = time ?? now
      switch held[id] {
      case nil: edits += try highlight.edits(for: id, .recorded(at: time))
      case true?: edits += id.revival
      case false?: break
      }
    }
    return edits
  }
}
