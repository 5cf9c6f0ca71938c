import Satchel

/// Changes what a reader says of an article.
struct ArticleAction {
  let visit: Visit

  private var form: Fields { visit.request.form }
  private var name: String { visit.request.path[1] }

  func answer() async throws(LibraryError) -> WebResponse {
    switch visit.request.path[2] {
    case "mark": try await mark()
    case "progress": try await progress()
    case "tags": try await tag()
    case "note": try await note()
    case "title": try await title()
    case "rate": try await rate()
    case "delete": try await delete()
    case "restore": try await restore()
    case "evict": try await choose(kept: false)
    case "fetch": try await choose(kept: true)
    case "highlight": try await highlight()
    default: ProblemScreen(visit: visit).nothingHere()
    }
  }
}

// MARK: Marks

extension ArticleAction {
  private func mark() async throws(LibraryError) -> WebResponse {
    guard let mark = form["mark"].flatMap({ Mark(rawValue: $0) }) else {
      throw .invalid("no mark is named so")
    }
    let row = try await row
    try visit.check(
      try await visit.library.acting(as: "mark \(mark.rawValue)").mark([row.id], mark))
    return visit.back
  }

  /// The script's alone, which shows nothing for it.
  private func progress() async throws(LibraryError) -> WebResponse {
    guard let percent = form.number("percent") else {
      throw .invalid("progress is 0 to 100 percent")
    }
    let row = try await row
    _ = try await visit.library.keepProgress(row.id, percent: percent)
    return .done
  }

  private func tag() async throws(LibraryError) -> WebResponse {
    let row = try await row
    do throws(LibraryError) {
      if let tag = form["remove"] {
        try visit.check(
          try await visit.library.acting(as: "untag").tag([row.id], [tag], present: false))
      } else {
        try visit.check(
          try await visit.library.acting(as: "tag").tag([row.id], [form["add"] ?? ""]))
      }
    } catch {
      guard case .invalid = error else { throw error }
      return try await refuse(row, .tag, visit.markup(error))
    }
    return visit.back
  }

  private func rate() async throws(LibraryError) -> WebResponse {
    guard let stars = form.number("stars") else { throw .invalid("a rating is 0 to 5") }
    let row = try await row
    try visit.check(try await visit.library.acting(as: "rate").rate(row.id, stars: stars))
    return visit.back
  }

  private var row: ArticleRow {
    get async throws(LibraryError) { try await visit.library.articleToChange(name) }
  }
}

// MARK: Texts

extension ArticleAction {
  private func note() async throws(LibraryError) -> WebResponse {
    let row = try await row
    let present = try await visit.library.note(of: row.id)
    return try await write(row, .note, over: present) { text, shown throws(LibraryError) in
      try await visit.library.acting(as: "note").setNote(row.id, text, over: shown)
    }
  }

  private func title() async throws(LibraryError) -> WebResponse {
    let row = try await row
    let present = try await visit.library.title(of: row.id)
    return try await write(row, .title, over: present) { text, shown throws(LibraryError) in
      try await visit.library.acting(as: "title").setTitle(row.id, text, over: shown)
    }
  }

  /// Writes a text over what its form began with (Protocol 11.5).
  private func write(
    _ row: ArticleRow, _ kind: Refusal.Form, over present: Shown,
    _ write: (String, Shown) async throws(LibraryError) -> Change
  ) async throws(LibraryError) -> WebResponse {
    let text = FormText.received(form["text"] ?? "")
    guard let shown = visit.shown(of: present, sending: text) else {
      return try await refuse(row, kind, visit.oldForm)
    }
    do throws(LibraryError) {
      try visit.check(try await write(text, shown))
    } catch {
      guard error.isOfText else { throw error }
      return try await refuse(row, kind, visit.markup(error))
    }
    return visit.back
  }

  private func refuse(
    _ row: ArticleRow, _ kind: Refusal.Form, _ reason: Markup, places: [HighlightAnchor] = []
  ) async throws(LibraryError) -> WebResponse {
    let refusal = Refusal(form: kind, fields: form, reason: reason, places: places)
    return try await ArticleScreen(visit: visit, refusal: refusal).answer(row)
  }
}

// MARK: Whether it is there

extension ArticleAction {
  private func delete() async throws(LibraryError) -> WebResponse {
    let row = try await row
    try visit.check(try await visit.library.acting(as: "delete").delete([row.id]))
    return visit.back
  }

  private func restore() async throws(LibraryError) -> WebResponse {
    let row = try await visit.library.articleToRestore(name)
    try visit.check(try await visit.library.acting(as: "restore").restore([row.id]))
    return visit.back
  }

  /// Whether its text is kept on this machine, which is no action: it is of this machine alone.
  private func choose(kept isKept: Bool) async throws(LibraryError) -> WebResponse {
    let row = try await row
    if isKept {
      _ = try await visit.library.fetch([row.id])
    } else {
      _ = try await visit.library.evict([row.id])
    }
    return visit.back
  }
}

// MARK: Highlights

extension ArticleAction {
  private func highlight() async throws(LibraryError) -> WebResponse {
    let row = try await row
    let quote = FormText.received(form["quote"] ?? "")
    do throws(LibraryError) {
      let change = try await visit.library.acting(as: "highlight").highlight(
        row, passage: quote, number: form.number("number"), color: form.text("color"),
        note: form["note"].map { FormText.received($0) })
      try visit.check(leftOut: change.leftOut)
    } catch {
      guard error.isOfText || error.isOfPassage else { throw error }
      var places: [HighlightAnchor] = []
      if case .ambiguousPassage(2...) = error {
        places = try await visit.library.places(of: quote, in: row)
      }
      return try await refuse(row, .highlight, visit.markup(error), places: places)
    }
    return visit.back
  }
}

extension LibraryError {
  /// Whether it says that a text cannot be what it was to become.
  var isOfText: Bool {
    switch self {
    case .invalid, .store(.refused): true
    default: false
    }
  }

  /// Whether it says that a passage has no one place.
  fileprivate var isOfPassage: Bool {
    switch self {
    case .noSuchPassage, .ambiguousPassage, .textMissing: true
    default: false
    }
  }
}
