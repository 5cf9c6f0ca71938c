import Articles
import Formats
import Testing

@Suite struct RelativeImagesTests {
  private let files: [String: [UInt8]] = [
    "notes/map.png": [1], "notes/img/a b.jpg": [2], "shared/x(1).gif": [3], "top.png": [4],
  ]

  @Test(arguments: [
    ("![m](map.png)", "map.png", 1), ("![m](./map.png \"Map\")", "./map.png", 1),
    ("[![m](map.png)](https://example.org)", "map.png", 1), ("![a [b] c](map.png)", "map.png", 1),
    ("![](img/a%20b.jpg)", "img/a%20b.jpg", 2), ("![](<img/a b.jpg>)", "img/a b.jpg", 2),
    ("![](../shared/x(1).gif)", "../shared/x(1).gif", 3),
    ("<img src='map.png?v=2'>", "map.png?v=2", 1),
    ("<p><IMG alt=x SRC=../top.png></p>", "../top.png", 4),
  ])
  func `an image beside the page is taken along`(
    text: String, reference: String, byte: UInt8
  ) throws {
    #expect(
      try importPage(text, images: files).images == [
        ImageDraft(reference: reference, bytes: [byte])
      ])
  }

  @Test(arguments: [
    "![m](https://example.org/map.png)", "![m](//example.org/map.png)", "![m](/notes/map.png)",
    "![m](data:image/png;base64,AA)", "![m](../../notes/map.png)", "![m](missing.png)",
    "[m](map.png)", "\\![m](map.png)", "![m] (map.png)", "![m](map.png", "![m](..%2f..%2ftop.png)",
    "![m](%ff.png)", "![m](map.png%00)", "<img alt='map.png'>", "![one\n\ntwo](map.png)",
    "![m](..\\top.png)", "![]()",
  ])
  func `any other reference is left alone`(text: String) throws {
    #expect(try importPage(text, images: files).images.isEmpty)
  }

  @Test func `an image named twice is taken once, in the order of the text`() throws {
    let draft = try importPage("![](../top.png) ![](map.png) ![](../top.png)", images: files)
    #expect(draft.images.map(\.reference) == ["../top.png", "map.png"])
  }

  @Test func `where images lie is known, whether they are there or not`() throws {
    let text = "![](map.png) ![](../img/late.png) ![](https://e.example/x.png) <img src=map.png>"
    let draft = try importPage(text, images: files)
    #expect(draft.imagePlaces == ["img/late.png", "notes/map.png"])
    let many = (0..<1_100).map { "![](\($0).png)" }.joined(separator: " ")
    #expect(try importPage(many, images: files).imagePlaces.count == 1_024)
  }

  @Test func `text pages name no images`() throws {
    #expect(try importPage("![](map.png)", at: "notes/a.txt", images: files).images.isEmpty)
  }

  @Test(arguments: ["![](", "![", "![](<", "![]((", "![x](a ", "[]", "!"])
  func `a megabyte of half images takes linear time`(unit: String) throws {
    let text = String(repeating: unit, count: 1_000_000 / unit.utf8.count)
    #expect(try importPage(text, images: files).images.isEmpty)
  }
}
