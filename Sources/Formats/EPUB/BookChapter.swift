/// What the contents of a book say of a chapter.
struct BookChapter {
  let file: String
  let title: String
  /// When it was published, or else added: `2020-03`.
  let month: String
  let site: String?
}
