import Documents
import Testing

@Suite struct MainTextTests {
  private static let sentences = """
    <p>The boats lay at rest, as they do every winter, and the harbor was quiet.</p>
    <p>Nobody came down to the quay, except for the gulls, the harbor master, and his dog.</p>
    <p>In the spring the ropes will be loosened again, the sails mended, and the paint renewed.</p>
    <p>Until then, says the harbor master, there is little to do, and that is how he likes it.</p>

    """

  private static let text = sentences.split(separator: "\n")
    .map { String($0.dropFirst(3).dropLast(4)) }.joined(separator: "\n\n")

  private func page(_ body: String) -> String {
    "<!DOCTYPE html><html><head><title>Boats at rest</title></head><body>\(body)</body></html>"
  }

  private let links = String(repeating: "<li><a href=/x>More of the news</a></li>", count: 20)

  @Test func `menus, comments, forms and footers are left out`() {
    let source = page(
      """
      <div id=menu><ul>\(links)</ul></div><nav role=navigation>\(links)</nav>
      <div class=wrapper><h1>Boats at rest</h1><div class=story>\(MainTextTests.sentences)
      <div class=share-buttons>Share this</div><form><input name=a><p>Subscribe</p></form></div>
      <aside>Read also</aside></div>
      <div class=comments><p>A reader, who has a lot to say, says it here, at length, alone.</p></div>
      <footer>All rights reserved</footer>
      """)
    #expect(plainText(source, .html) == MainTextTests.text)
  }

  @Test func `a page of Chinese is found by its own commas`() {
    let sentence = String(repeating: "船停在岸边，港口很安静。", count: 8)
    let source = page(
      "<div class=nav><ul>\(links)</ul></div><div class=box><p>\(sentence)</p><p>\(sentence)</p></div>"
        + "<div class=copyright>版权所有</div>")
    #expect(plainText(source, .html) == "\(sentence)\n\n\(sentence)")
  }

  @Test func `text that only line breaks part is found`() {
    let lines = MainTextTests.text.split(separator: "\n").filter { !$0.isEmpty }
    let source = page(
      "<ul class=menu>\(links)</ul><div>\(lines.joined(separator: "<br><br>"))</div>"
        + "<div class=footer>All rights reserved</div>")
    #expect(plainText(source, .html) == MainTextTests.text)
  }

  @Test func `what a reader of the page cannot see is left out`() {
    let source = page(
      """
      <div>\(MainTextTests.sentences)<p style="visibility:hidden">a</p><p hidden>b</p>
      <p><span aria-hidden=true>c</span><img src=d.png aria-hidden=true alt="x+y"></p></div>
      """)
    #expect(plainText(source, .html) == MainTextTests.text + "\n\n[image: x+y]")
  }

  @Test func `a list with sentences and a table of data stay`() {
    let table = "<table><tr><th>Boat<th>Year</tr><tr><td>Anna<td>1911</tr></table>"
    let source = page("<div>\(MainTextTests.sentences)<ul><li>One<li>Two</ul>\(table)</div>")
    #expect(
      plainText(source, .html)
        == MainTextTests.text + "\n\n• One\n• Two\n\nBoat | Year\nAnna | 1911")
  }

  @Test func `of players only those of the page and of known sites stay in the text`() {
    let source = page(
      """
      <div>\(MainTextTests.sentences)<iframe src="https://ads.example/1"></iframe>
      <iframe src="https://www.youtube.com/embed/7"></iframe><video src="boat.mp4"></video></div>
      """)
    #expect(
      plainText(source, .html)
        == MainTextTests.text + "\n\nhttps://www.youtube.com/embed/7\n\nboat.mp4")
  }

  @Test func `a page with little text is shown whole`() {
    #expect(
      plainText(page("<ul class=menu><li>Menu</ul><p>Short.</p><footer>F</footer>"), .html)
        == "• Menu\n\nShort.\n\nF")
    #expect(plainText(page(""), .html) == "")
  }

  @Test func `a fragment is shown whole`() {
    let fragment = "<div class=menu>Menu</div><div>\(MainTextTests.sentences)</div>"
    #expect(plainText(fragment, .html) == "Menu\n\n" + MainTextTests.text)
    #expect(plainText("<html>" + fragment, .html) == MainTextTests.text)
  }

  @Test func `only the first heading that says the title is left out`() {
    let source = page("<h1>Boats at rest</h1><div>\(MainTextTests.sentences)<h2>Boats</h2></div>")
    #expect(plainText(source, .html) == MainTextTests.text + "\n\nBoats")
  }

  @Test func `a head that never ends hides no text`() {
    let text = MainTextTests.text.split(separator: "\n").joined(separator: " ")
    #expect(plainText("<head><title>T</title>\n\(text)", .html) == text)
    #expect(
      plainText("<head><title>T</title><div>\(MainTextTests.sentences)", .html)
        == MainTextTests.text)
  }

  @Test func `names that furniture has hide no page`() {
    let source = page(
      "<div class=sidebar><div class=footer-x>\(MainTextTests.sentences)</div></div>")
    #expect(plainText(source, .html) == MainTextTests.text)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `whatever a page holds, its text is a tree that reads as the same again`(seed: UInt64) {
    var random = SplitMix(state: seed)
    for round in 0..<20 {
      let soup = (0..<6).map { _ in Soup.source(using: &random) }
      let source = page(
        soup[0] + "<div class=menu>" + soup[1] + "</div><div>" + soup[2] + MainTextTests.sentences
          + soup[3] + MainTextTests.sentences + soup[4] + "</div>" + soup[5])
      let original = document(source, .html)
      let written = HTMLWriter { $0 }.html(of: original)
      #expect(document(written, .html) == original, "seed \(seed), round \(round): \(source)")
      #expect(document(source, .html) == original)
    }
  }
}
