import Satchel

/// What went wrong, as a page says it: what happened and what was kept, where a query is wrong, and
/// what to do.
struct ProblemText {
  let words: Words

  init(_ words: Words) { self.words = words }

  func markup(_ error: LibraryError) -> Markup {
    """
    <p class="message">\(error.event(words))</p>
    \(excerpt(error))\(hint(error))
    """
  }

  private func excerpt(_ error: LibraryError) -> Markup? {
    guard let excerpt = error.filterError?.excerpt else { return nil }
    // A place where something is missing is shown by a mark of its own.
    let place = excerpt.place.isEmpty ? "‸" : excerpt.place
    return """
      <p class="excerpt"><code>\(excerpt.before)<mark>\(place)</mark>\(excerpt.after)</code></p>

      """
  }

  private func hint(_ error: LibraryError) -> Markup? {
    error.remedy(words).map { "<p class=\"hint\">\($0)</p>\n" }
  }
}
