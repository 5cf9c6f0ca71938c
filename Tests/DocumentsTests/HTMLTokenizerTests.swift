import Documents
import Testing

@Suite struct HTMLTokenizerTests {
  @Test func `tags, text and comments come in order`() {
    let source = "<!DOCTYPE html><P Class=a>Hi<br/>there</P><!-- note -->!"
    #expect(
      pieces(source) == [
        "doctype <!DOCTYPE html>", "start p <P Class=a>", "text Hi", "start br <br/>",
        "text there", "end p </P>", "comment <!-- note -->", "text !",
      ])
  }

  @Test(arguments: [
    "a < b", "1<2>3", "<", "<<<", "</", "a<!", "<a", "<a href='x", "</b", "<!-- open", "<?x",
    "<script>if (a</script", "<p><script></p>", "&amp;<b>&lt;</b>", "</>x", "<!-->x", "<!--->x",
  ])
  func `the tokens cover every byte once`(source: String) {
    let bytes = Array(source.utf8)
    var end = 0
    for token in HTMLTokenizer(bytes[...]) {
      #expect(token.range.lowerBound == end)
      #expect(!token.range.isEmpty)
      end = token.range.upperBound
    }
    #expect(end == bytes.count)
  }

  @Test func `what opens no tag is text`() {
    #expect(pieces("1 < 2 <3 <中>") == ["text 1 < 2 <3 <中>"])
    #expect(pieces("x <a href='open>") == ["text x ", "text <a href='open>"])
  }

  @Test func `a quoted value may hold a bracket`() {
    #expect(
      pieces("<img alt='1 > 0' src=x>y") == ["start img <img alt='1 > 0' src=x>", "text y"])
  }

  @Test func `script and title hold text, not tags`() {
    #expect(
      pieces("<script>a<b></x></script><b>") == [
        "start script <script>", "text a<b></x>", "end script </script>", "start b <b>",
      ])
    #expect(pieces("<title></title>x") == ["start title <title>", "end title </title>", "text x"])
    #expect(pieces("<style>p</styles>") == ["start style <style>", "text p</styles>"])
  }

  @Test func `comments end as browsers end them`() {
    #expect(pieces("<!-->a") == ["comment <!-->", "text a"])
    #expect(pieces("<!--->a") == ["comment <!--->", "text a"])
    #expect(pieces("<!---->a") == ["comment <!---->", "text a"])
    #expect(pieces("<!--x--!>a") == ["comment <!--x--!>", "text a"])
    #expect(pieces("<!-- > -- >a") == ["comment <!-- > -- >a"])
    #expect(pieces("<?php x>a</ b>c") == ["comment <?php x>", "text a", "comment </ b>", "text c"])
  }

  @Test func `attributes are found whatever their quotes and case`() throws {
    let tag = try #require(startTag("<img SRC = \"a&amp;b\" width='0' alt=x/y hidden data-x=>"))
    #expect(tag.value(of: "src") == "a&b")
    #expect(tag.rawValue(of: "src").map(Array.init) == Array("a&amp;b".utf8))
    #expect(tag.value(of: "width") == "0")
    #expect(tag.value(of: "alt") == "x/y")
    #expect(tag.value(of: "hidden") == "")
    #expect(tag.value(of: "height") == nil)
    #expect(tag.attributes.map(\.name) == ["src", "width", "alt", "hidden", "data-x"])
  }

  @Test func `only a slash outside a value closes the tag itself`() throws {
    #expect(try #require(startTag("<br/>")).isSelfClosing)
    #expect(try #require(startTag("<br />")).isSelfClosing)
    #expect(try !#require(startTag("<a href=x/>")).isSelfClosing)
    #expect(try !#require(startTag("<a / b>")).isSelfClosing)
  }

  @Test(arguments: [
    "<", "<a ", "<!--", "<!-- -", "</", "<a x='", "<script>", "<script><", "&", "<a<", "<p></",
    "<a =", "<!", "-->", "<title></", "<!--><",
  ])
  func `half a megabyte of anything takes linear time`(unit: String) {
    let count = 500_000 / unit.utf8.count
    let bytes = Array(String(repeating: unit, count: count).utf8)
    var covered = 0
    // A quadratic pass would be 10^11 steps here and never finish.
    for token in HTMLTokenizer(bytes[...]) { covered += token.range.count }
    #expect(covered == bytes.count)
  }

  private func pieces(_ source: String) -> [String] {
    let bytes = Array(source.utf8)
    return HTMLTokenizer(bytes[...]).map { token in
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      return switch token {
      case .text: "text \(text)"
      case .startTag(let tag): "start \(tag.name) \(text)"
      case .endTag(let tag): "end \(tag.name) \(text)"
      case .comment: "comment \(text)"
      case .doctype: "doctype \(text)"
      }
    }
  }

  private func startTag(_ source: String) -> HTMLTag? {
    var tokens = HTMLTokenizer(Array(source.utf8)[...])
    guard case .startTag(let tag)? = tokens.next() else { return nil }
    return tag
  }
}
