/// Something that pages say, in each language. Every screen keeps its own beside it, as static
/// members, so that none can lack a language.
struct Phrase: Sendable {
  let english: String
  let chinese: String

  init(_ english: String, _ chinese: String) {
    (self.english, self.chinese) = (english, chinese)
  }
}
