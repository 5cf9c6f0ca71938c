import Documents
import Testing

@Suite struct MarkdownTitleTests {
  @Test(arguments: [
    ("# One #\ntext", "One"), ("text\n\nTwo\n===", "Two"), ("Three\nfour\n---", "Three four"),
    ("```card\nurl: x\n# no\n```\n\n# Boats", "Boats"), ("    # code\n\n## Title", "Title"),
    ("<!--\n# no\n-->\n# Yes", "Yes"), ("> # Quoted", "Quoted"), ("#\n\n# Second", "Second"),
    ("\n\nno heading\nat all", "no heading"), ("#hashtag", "#hashtag"),
    ("[r]: /x\n# Behind", "Behind"),
  ])
  func `a page is called what its first heading says`(page: String, title: String) {
    #expect(MarkdownTitle.find(in: Array(page.utf8)[...]) == title)
  }

  @Test func `a page of nothing has no title`() {
    #expect(MarkdownTitle.find(in: Array(" \n\t\n".utf8)[...]) == nil)
  }
}
