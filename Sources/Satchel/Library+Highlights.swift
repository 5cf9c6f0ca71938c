import Articles
import Documents
import LibraryStore
import Replication

/// Passages that readers marked.
extension Library {
  /// An article's highlights in the order of its text; those that have no place there come last.
  ///
  /// The places are looked for anew each time, so that they are those of the present text, and none of
  /// them is ever written back.
  public func highlights(of row: ArticleRow) async throws(LibraryError) -> [PlacedHighlight] {
    try await highlights(of: row) { () async throws(LibraryError) in
      try await highlightText(of: row)
    }
  }

  /// The same with the text at hand, which is made only where there are highlights.
  func highlights(
    of row: ArticleRow, in text: () async throws(LibraryError) -> HighlightText?
  ) async throws(LibraryError) -> [PlacedHighlight] {
    let rows = try await LibraryError.wrapping { try await store.highlights(of: row.id) }
    guard !rows.isEmpty else { return [] }
    let text = try await text()
    let placed = rows.map { $0.placed(in: text) }
    return placed.filter { $0.place.range != nil }.sorted {
      let (left, right) = ($0.place.range ?? 0..<0, $1.place.range ?? 0..<0)
      return (left.lowerBound, left.upperBound, $0.id) < (right.lowerBound, right.upperBound, $1.id)
    } + placed.filter { $0.place.range == nil }
  }

  /// The highlight that the beginning of an id names. Throws `noSuchHighlight` or
  /// `ambiguousHighlight`.
  public func highlight(_ name: String) async throws(LibraryError) -> HighlightRow {
    let found = try await LibraryError.wrapping { try await store.highlights(named: name) }
    guard let row = found.first else { throw .noSuchHighlight(name) }
    guard found.count == 1 else {
      throw .ambiguousHighlight(name, candidates: found.map(\.shortID))
    }
    return row
  }

  /// The highlight that is to be changed: its id must then have six letters. Throws `invalid` for
  /// fewer, and what ``highlight(_:)-(String)`` does.
  public func highlightToChange(_ name: String) async throws(LibraryError) -> HighlightRow {
    guard name.utf8.count >= 6 else {
      throw .invalid(
        "\(name) is no highlight's id: where something is changed, one has at least six letters")
    }
    return try await highlight(name)
  }

  /// The highlight of this id, deleted or not; nil if it was never here.
  public func highlight(_ id: HighlightID) async throws(LibraryError) -> HighlightRow? {
    try await LibraryError.wrapping { try await store.highlight(id) }
  }

  /// The short ids of highlights, deleted or not.
  public func shortIDs(
    of ids: Set<HighlightID>
  ) async throws(LibraryError) -> [HighlightID: String] {
    try await LibraryError.wrapping { try await store.shortIDs(of: ids) }
  }

  /// Marks a passage of an article's plain text. What is there with the same place, color and note
  /// already is not made twice.
  ///
  /// Throws `textMissing` where the article's text is not here, `noSuchPassage` where the passage does
  /// not stand in it, `ambiguousPassage` where it stands there several times and no number says which,
  /// or a number that there is not; and `invalid` for a color that is none.
  ///
  /// - Parameters:
  ///   - row: the article.
  ///   - passage: as it reads; a run of white space in it stands for any.
  ///   - number: which of several places is meant, the first being 1.
  ///   - color: a name in small letters, such as `yellow`.
  ///   - note: what its reader says of it.
  public func highlight(
    _ row: ArticleRow, passage: String, number: Int? = nil, color: String? = nil,
    note: String? = nil
  ) async throws(LibraryError) -> HighlightChange {
    if let color, !Highlight.isColor(color) {
      throw .invalid(
        "a color is a name of 1 to \(Highlight.maximumColorBytes) small letters, digits, # and -")
    }
    guard !passage.isBlank else { throw .invalid("a passage is not empty") }
    guard let text = try await highlightText(of: row) else { throw .textMissing(row.shortID) }
    let (count, place) = text.places(
      typed: passage, number: number, joining: EastAsianSpacing.joins)
    guard count > 0 else { throw .noSuchPassage(row.shortID) }
    guard let place, number != nil || count == 1 else { throw .ambiguousPassage(count: count) }
    let highlight = Highlight(
      article: row.id, anchor: text.anchor(of: place), color: color,
      note: note.flatMap { $0.isBlank ? nil : $0 }, addedMilliseconds: now())
    let same = try await highlights(of: row).first {
      $0.place == .scalars(place) && $0.row.highlight.color == color
        && (highlight.note == nil || $0.row.highlight.note == highlight.note)
    }
    if let same { return HighlightChange(Written(), of: [same.id]) }
    var random = random
    let id = HighlightID(key: .random(using: &random))
    return try await write(of: [id]) { try highlight.edits(for: id) }
  }

  /// The places where a passage stands in an article's plain text, with what stands before and behind
  /// each, ascending: which ``highlight(_:passage:number:color:note:)`` tells apart by their numbers.
  ///
  /// - Parameters:
  ///   - passage: as in ``highlight(_:passage:number:color:note:)``.
  ///   - row: the article.
  ///   - limit: how many at most.
  public func places(
    of passage: String, in row: ArticleRow, limit: Int = 20
  ) async throws(LibraryError) -> [HighlightAnchor] {
    guard let text = try await highlightText(of: row) else { throw .textMissing(row.shortID) }
    var places: [Range<Int>] = []
    text.walkPlaces(typed: passage, joining: EastAsianSpacing.joins) {
      places.append($0)
      return places.count < limit
    }
    return places.prefix(limit).map { text.anchor(of: $0) }
  }

  /// A highlight's note as its author is shown it, to be handed back to
  /// ``setNote(_:_:over:)->HighlightChange``.
  public func note(of id: HighlightID) async throws(LibraryError) -> Shown {
    try await LibraryError.wrapping {
      try await store.shown(RegisterID(id.entity, HighlightField.note))
    }
  }

  /// Replaces a highlight's note; an empty one takes it away. What has come since its author was
  /// `shown` it stays beside it as a conflict.
  public func setNote(
    _ id: HighlightID, _ text: String, over shown: Shown
  ) async throws(LibraryError) -> HighlightChange {
    try await write(of: [id]) { [try id.note(text, over: shown)] }
  }

  /// Takes highlights away, here and wherever this library is merged.
  public func delete(_ ids: [HighlightID]) async throws(LibraryError) -> HighlightChange {
    try await write(of: ids) { ids.map { $0.delete(true) } }
  }
}

extension Library {
  /// What places are looked for in; nil where the article's body is missing here.
  private func highlightText(of row: ArticleRow) async throws(LibraryError) -> HighlightText? {
    let body = row.article.body
    let text = body == nil ? "" : try await plainText(of: row)
    return text.map { HighlightText($0, of: body, version: PlainText.version) }
  }

  private func write(
    of ids: [HighlightID], _ edits: () throws -> [Edit]
  ) async throws(LibraryError) -> HighlightChange {
    try await LibraryError.wrapping {
      let written = try await store.write(
        edits(), action: action ?? ActionLabel("highlight"), now: now(), dryRun: isDryRun)
      return HighlightChange(written, of: ids)
    }
  }
}

/// What one action changed of highlights.
public struct HighlightChange: Sendable, Equatable {
  /// Those of which something changed, in the order they were named.
  public let changed: [HighlightID]
  /// Those that were so already.
  public let unchanged: [HighlightID]
  /// Registers that can never be written again, and so were left out.
  public let leftOut: [LeftOut]

  init(_ written: Written, of ids: [HighlightID]) {
    leftOut = written.leftOut
    let spoilt = Set(leftOut.map(\.register.entity))
    changed = ids.filter { written.changed.contains($0.entity) }
    unchanged = ids.filter { !written.changed.contains($0.entity) && !spoilt.contains($0.entity) }
  }
}
