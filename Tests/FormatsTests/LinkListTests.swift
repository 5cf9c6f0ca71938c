import Articles
import Testing

@testable import Formats

/// Lists of links in HTML.
struct LinkListTests {
  private let bookmarks = """
    <!DOCTYPE NETSCAPE-Bookmark-file-1>
    <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
    <TITLE>Bookmarks</TITLE>
    <H1>Bookmarks</H1>
    <DL><p>
      <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">My bar</H3>
      <DL><p>
        <DT><H3 ADD_DATE="1500000000">Garden &amp; Peas</H3>
        <DD>A folder's words
        <DL><p>
          <DT><A HREF="https://example.org/p" ADD_DATE="1500000000" TAGS="a, b c" ICON="data:image/png;base64,AA">Peas &lt;3</A>
          <DD>One line
          two &amp; more<br>three
          <DT><A HREF="https://example.org/q" ADD_DATE="1500000000123456" LAST_MODIFIED="1500000009">Q</A>
        </DL><p>
        <DT><A HREF="https://example.org/r">R <script> x</A>
      </DL><p>
      <DT><A HREF="javascript:alert(1)">JS</A>
      <DT><A HREF="https://example.org/p" ADD_DATE="1500000001" TOREAD="1">Peas again</A>
    </DL>
    """

  @Test func `folders and tags are tags, what stands below a link is its note`() throws {
    let items = try exportItems(.bookmarks, bookmarks)
    #expect(items.map(\.draft?.title) == ["Peas <3", "Q", "R x", nil, "Peas again"])
    let found = items.compactMap(\.draft)
    #expect(found.map(\.tags) == [["a", "b c", "Garden & Peas"], ["Garden & Peas"], [], []])
    #expect(found[0].state.note == "One line\ntwo & more\nthree")
    #expect(found[1].state.note == nil)
    #expect(found.allSatisfy { $0.isRecorded && $0.body.isEmpty })
  }

  @Test func `times are seconds or microseconds`() throws {
    let found = try drafts(.bookmarks, bookmarks)
    #expect(
      found.map(\.state.addedMilliseconds) == [
        1_500_000_000_000, 1_500_000_000_123, nil, 1_500_000_001_000,
      ])
    #expect(found[1].state.changedMilliseconds == 1_500_000_009_000)
    #expect(found.map(\.state.isRead) == [nil, nil, nil, false])
  }

  @Test func `what leads nowhere on the web is passed over, with its line`() throws {
    let other = try exportItems(.bookmarks, bookmarks)[3]
    #expect(other.outcome == .passedOver(.notSaved(reason: "no address of the web")))
    #expect(other.place == "export, line 18")
  }

  @Test func `small letters, no doctype, a mark and no ends are read alike`() throws {
    let text =
      "\u{FEFF}<dl><dt><h3>Inner</h3><dl>"
      + "<dt><a href=https://example.org/1 add_date=1500000000 tags='x'>One"
      + "<dt><a href='https://example.org/2' add_date='1500000000'>Two"
    let found = try drafts(.bookmarks, text)
    #expect(found.map(\.title) == ["One", "Two"])
    #expect(found.map(\.tags) == [["x", "Inner"], ["Inner"]])
  }

  @Test func `an entry of any length is cut and named, and the next one is read`() throws {
    let icon = String(repeating: "A", count: MarkupSegments.segmentBytes)
    let text =
      "<DL><DT><A HREF='https://example.org/1' ICON='\(icon)'>One</A>"
      + "<DT><A HREF='https://example.org/2'>Two</A></DL>"
    let items = try exportItems(.bookmarks, text)
    #expect(items.first?.reason == .tooLarge(limit: MarkupSegments.segmentBytes))
    #expect(items.last?.draft?.title == "Two")
  }

  @Test func `linkding's notes stand behind what it says of a link`() throws {
    let text =
      "<DL><DT><A HREF='https://example.org/1' TOREAD='0'>One</A>"
      + "<DD>About\n[linkding-notes]Mine[/linkding-notes]</DL>"
    let draft = try #require(try drafts(.bookmarks, text).first)
    #expect(draft.state.note == "About\n\nMine" && draft.state.isRead == true)
  }

  @Test func `Pocket's two lists, with tags between commas`() throws {
    let text = """
      <!DOCTYPE html><html><head><title>Pocket Export</title></head><body>
      <h1>Unread</h1><ul>
      <li><a href="https://example.org/1" time_added="1400000000" tags="a,b c">One</a></li>
      </ul><h1>Read Archive</h1><ul>
      <li><a href="https://example.org/2" time_added="1500000000" tags="">https://example.org/2</a></li>
      </ul></body></html>
      """
    let found = try drafts(.pocket, text)
    #expect(found.map(\.title) == ["One", ""])
    #expect(found.map(\.tags) == [["a", "b c"], []])
    #expect(found.map(\.state.isArchived) == [nil, true])
    #expect(found.map(\.state.isRead) == [nil, true])
    #expect(found.map(\.state.addedMilliseconds) == [1_400_000_000_000, 1_500_000_000_000])
  }

  @Test func `Instapaper's lists are states or tags`() throws {
    let lists = ["Unread", "Archive", "Starred", "Garden"].map {
      "<h1>\($0)</h1><ol><li><a href=\"https://example.org/\($0)\">\($0)</a></ol>"
    }
    let text = "<html><head><title>Instapaper: Export</title></head>" + lists.joined()
    let found = try drafts(.instapaper, text)
    #expect(found.map(\.state.isArchived) == [nil, true, nil, nil])
    #expect(found.map(\.state.isStarred) == [nil, nil, true, nil])
    #expect(found.map(\.tags) == [[], [], [], ["Garden"]])
  }
}
